/** A bundle of esbuild's without what costs a relay dear. */
export function lightened(code: string): string;
