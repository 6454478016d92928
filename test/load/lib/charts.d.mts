import type { Run } from './history.mjs';

export declare function chartsOf(history: readonly Run[]): Readonly<Record<string, string>>;
