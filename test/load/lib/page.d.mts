import type { Run } from './history.mjs';

export declare function withResults(page: string, history: readonly Run[]): string;
