import { type AuditRecord, hashOf, NO_HASH } from './audit-event.js';
import { type Checkpoint, isSigned } from './checkpoint.js';

/** What an audit log is held against. */
export interface ChainEvidence {
  /** Those that the log's database has, oldest first. */
  readonly stored: readonly Checkpoint[];
  /** Those that somebody kept elsewhere. */
  readonly kept: readonly Checkpoint[];
  /** The public keys that are known to be the server's. */
  readonly trustedKeys: readonly Buffer[];
}

export interface ChainReport {
  readonly records: number;
  /** The first thing that is not as it should be. */
  readonly fault: string | undefined;
}

/**
 * Reads an audit log to its end, and tells the first place where something was changed, taken away, added or moved. What was
 * cut off after the newest checkpoint, of those stored and kept, is not to be told from what never happened.
 */
export async function checkChain(log: AsyncIterable<AuditRecord>, evidence: ChainEvidence): Promise<ChainReport> {
  const untrue = faultInCheckpoints(evidence);
  if (untrue !== undefined) return { records: 0, fault: untrue };
  const signed = bySeq([...evidence.stored, ...evidence.kept]);
  let last: Pick<AuditRecord, 'seq' | 'hash'> = { seq: 0, hash: NO_HASH };
  for await (const record of log) {
    const fault = faultIn(record, last) ?? faultBySignatures(record, signed.get(record.seq) ?? []);
    if (fault !== undefined) return { records: last.seq, fault };
    last = record;
  }
  const beyond = [...signed.values()].flat().find(({ seq }) => seq > last.seq);
  if (beyond === undefined) return { records: last.seq, fault: undefined };
  const missing = `${nameOf(beyond)} was signed after record ${beyond.seq}: what came between is missing`;
  return { records: last.seq, fault: `the log ends with record ${last.seq}, but ${missing}` };
}

function faultIn(record: AuditRecord, last: Pick<AuditRecord, 'seq' | 'hash'>): string | undefined {
  const { seq, hash, previousHash } = record;
  if (seq !== last.seq + 1) return `record ${last.seq + 1} is missing: record ${seq} stands in its place`;
  if (!previousHash.equals(last.hash)) return `record ${seq} does not follow from the one before`;
  if (!hash.equals(hashOf(record))) return `record ${seq} is not what it was: its hash does not fit what it says`;
  return undefined;
}

function faultBySignatures({ seq, hash }: AuditRecord, signed: readonly Checkpoint[]): string | undefined {
  const other = signed.find((checkpoint) => !checkpoint.hash.equals(hash));
  if (other === undefined) return undefined;
  return `record ${seq} is not the one that ${nameOf(other)} signed: it, or what came before it, was rewritten`;
}

/** Several may be of one record, where nothing happened in between. */
function bySeq(checkpoints: readonly Checkpoint[]): Map<number, Checkpoint[]> {
  const found = new Map<number, Checkpoint[]>();
  for (const checkpoint of checkpoints) found.set(checkpoint.seq, [...(found.get(checkpoint.seq) ?? []), checkpoint]);
  return found;
}

function faultInCheckpoints({ stored, kept, trustedKeys }: ChainEvidence): string | undefined {
  for (const [index, checkpoint] of stored.entries())
    if (checkpoint.number !== index + 1) return `checkpoint ${index + 1} is missing`;
  for (const checkpoint of [...stored, ...kept]) {
    const fault = faultOfSignature(checkpoint, trustedKeys);
    if (fault !== undefined) return fault;
  }
  for (const checkpoint of kept) {
    const same = stored[checkpoint.number - 1];
    if (same === undefined) return `${nameOf(checkpoint)} was kept, and is missing in the database`;
    if (!same.signature.equals(checkpoint.signature)) return `${nameOf(checkpoint)} is not the one that was kept`;
  }
  return undefined;
}

function faultOfSignature(checkpoint: Checkpoint, trustedKeys: readonly Buffer[]): string | undefined {
  if (!trustedKeys.some((key) => key.equals(checkpoint.publicKey)))
    return `${nameOf(checkpoint)} is signed with a key that is not known to be the server’s`;
  return isSigned(checkpoint) ? undefined : `${nameOf(checkpoint)} is not what was signed`;
}

function nameOf({ number, day }: Checkpoint): string {
  return `checkpoint ${number} (${day})`;
}
