import type { NamedAccount, RosterChange } from '#sdk';

/** Several people to whom the same happened at once, as one line says it. */
export interface RosterLine extends Pick<RosterChange, 'seq' | 'atMs' | 'kind' | 'by' | 'role'> {
  readonly people: readonly NamedAccount[];
}

/** In the order of the log. Who hands a group over steps down with it: that needs no line. */
export function rosterLines(changes: readonly RosterChange[]): RosterLine[] {
  const lines = new Map<string, RosterLine>();
  for (const change of changes) {
    const { accountId, username, ...what } = change;
    if (what.kind === 'role' && what.by?.accountId === accountId) continue;
    const key = keyOf(what);
    const people = [...(lines.get(key)?.people ?? []), { accountId, username }];
    lines.set(key, { ...what, people });
  }
  return [...lines.values()];
}

export function keyOf({ seq, kind, by, role }: Pick<RosterChange, 'seq' | 'kind' | 'by' | 'role'>): string {
  return `roster ${String(seq)} ${kind} ${by?.accountId ?? ''} ${role ?? ''}`;
}

/** By position and person, each once. */
export function mergedChanges(
  changes: readonly RosterChange[],
  others: readonly RosterChange[],
): readonly RosterChange[] {
  const all = new Map([...changes, ...others].map((change) => [`${keyOf(change)} ${change.accountId}`, change]));
  return [...all.values()].sort((one, other) => one.seq - other.seq);
}
