import type { FirstLoadEntry } from './first-load-history.mjs';

export declare function chartOf(history: readonly FirstLoadEntry[]): string;
