// Stands for @noble/hashes where the bundle only ever runs in Node: see slim.mjs.
/* global require -- bundles for Node are CommonJS */

/** Node loads its cryptography for some milliseconds, so not before somebody asks. */
export const sha256 = (bytes) => require('node:crypto').createHash('sha256').update(bytes).digest();
export const bytesToHex = (bytes) => bytes.toString('hex');
export const utf8ToBytes = (text) => Buffer.from(text);
