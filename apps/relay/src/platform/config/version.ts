/** Of this relay: that of package.json, which a build does not carry with it. */
export const RELAY_VERSION = '0.1.0';
