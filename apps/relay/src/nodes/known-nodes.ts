/** A relay that says nothing for so long is gone, or cannot be heard. */
const SILENCE_MS = 1_000;

/** The other relays that are there, by what they say of themselves. */
export class KnownNodes {
  private readonly heardAtMs = new Map<string, number>();

  heard(node: string, nowMs: number): void {
    this.heardAtMs.set(node, nowMs);
  }

  /** Forgets those that have fallen silent. @returns whether any has. */
  loseSilent(nowMs: number): boolean {
    const before = this.heardAtMs.size;
    for (const [node, atMs] of this.heardAtMs) if (nowMs - atMs > SILENCE_MS) this.heardAtMs.delete(node);
    return this.heardAtMs.size < before;
  }
}
