interface Counts {
  accepted: number;
  refused: number;
}

/** What became of all inputs. */
export class Tally {
  /** What must not be: the relay's faults, each with the input that found it. */
  readonly faults: string[] = [];
  private readonly byOperation = new Map<string, Counts>();
  private readonly latenciesMs: number[] = [];
  private untimed = 0;
  /** Inputs to which there is no answer to wait for. */
  unanswered = 0;

  /** @param latencyMs unless it says more of the asker, who may be slow to hang up, than of the relay. */
  answered(operation: string, isAccepted: boolean, latencyMs?: number): void {
    const counts = this.byOperation.get(operation) ?? { accepted: 0, refused: 0 };
    this.byOperation.set(operation, counts);
    counts[isAccepted ? 'accepted' : 'refused']++;
    if (latencyMs === undefined) this.untimed++;
    else this.latenciesMs.push(latencyMs);
  }

  get inputs(): number {
    return this.latenciesMs.length + this.untimed + this.unanswered;
  }

  get accepted(): number {
    return [...this.byOperation.values()].reduce((sum, { accepted }) => sum + accepted, 0);
  }

  acceptedBy(operation: string): number {
    return this.byOperation.get(operation)?.accepted ?? 0;
  }

  get p99Ms(): number {
    const sorted = [...this.latenciesMs].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  }

  get figures(): { inputs: number; accepted: number; faults: number; p99Ms: number } {
    return { inputs: this.inputs, accepted: this.accepted, faults: this.faults.length, p99Ms: Math.round(this.p99Ms) };
  }

  /** A line for each operation. */
  toString(): string {
    const lines = [...this.byOperation].map(
      ([operation, { accepted, refused }]) => `  ${operation}: ${accepted} accepted, ${refused} refused`,
    );
    return [`${this.inputs} inputs, ${this.accepted} accepted, p99 ${this.p99Ms.toFixed(0)} ms`, ...lines.sort()].join(
      '\n',
    );
  }
}
