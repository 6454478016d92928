import type { Figures, LoadSummary, Run } from './history.mjs';

interface Result {
  readonly load: string;
  readonly server: string;
  readonly figures: Figures;
}

type Loads = Readonly<Record<string, LoadSummary>>;

export declare function summaryOf(results: readonly Result[], unmatched: (load: string) => string | undefined): Loads;
export declare function faultsOf(run: Pick<Run, 'loads'>): string[];
export declare function changesSince(
  before: Loads | undefined,
  now: Loads,
): Readonly<Record<string, Readonly<Record<string, number>>>>;
