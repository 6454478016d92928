export type Figures = Readonly<Record<string, number | null | undefined>>;

export interface LoadSummary {
  readonly figures: Figures;
  /** What it was measured beside. */
  readonly beside?: string;
  /** Why nothing was. */
  readonly alone?: string | undefined;
  readonly theirs?: Figures;
  readonly ratios?: Figures;
}

export interface Run {
  readonly scenario: string;
  readonly date: string;
  readonly commit: string;
  readonly cores: number;
  readonly node: string;
  readonly sizes: Readonly<Record<string, unknown>>;
  readonly loads: Readonly<Record<string, LoadSummary>>;
}

export declare function readHistory(file?: string): Run[];
export declare function keep(run: Run, file?: string): void;
export declare function newestOf(
  history: readonly Run[],
  scenario: string,
  sizes?: Readonly<Record<string, unknown>>,
): Run | undefined;
