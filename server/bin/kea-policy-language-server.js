#!/usr/bin/env node
'use strict';

require('./kea-policy.js')('node', 'kea-policy-language-server: the language server');
