/** The commands that are asked for now and then; loaded only where one of them is. */
export * as accept from '../commands/accept';
export * as format from '../commands/format';
export * as init from '../commands/init';
export * as languageServer from '../commands/language-server';
export * as rules from '../commands/rules';
export * as schema from '../commands/schema';
