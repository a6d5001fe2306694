import manifest from '../../package.json';

/** The version of this release, as package.json states it. */
export const version: string = manifest.version;
