export interface FirstLoadEntry {
  readonly version: string;
  /** With a `+` where there were changes on top of it. */
  readonly commit: string;
  /** Of the commit. */
  readonly date: string;
  /** Whose zlib has compressed it. */
  readonly node: string;
  readonly bytes: number;
  readonly groups: Readonly<Record<string, number>>;
}

export declare function faultsOf(bytes: number, history: readonly FirstLoadEntry[]): string[];
export declare function withEntry(history: readonly FirstLoadEntry[], entry: FirstLoadEntry): FirstLoadEntry[];
