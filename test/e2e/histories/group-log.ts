import { type CommitHeader, readCommit, readPrivateMessage } from '#protocol';
import type { TestRelay } from '#testing';

export interface LoggedMessage {
  readonly seq: number;
  readonly id: string;
  readonly epoch: number;
  readonly sender: string;
  readonly body: Buffer;
}

interface LoggedCommit {
  readonly seq: number;
  /** That it begins. */
  readonly epoch: number;
  readonly sender: string;
  readonly isFromOutside: boolean;
  readonly body: Buffer;
}

interface EntryRow {
  seq: string;
  id: string;
  kind: 'message' | 'commit';
  sender: string;
  body: Buffer;
}

/** What a relay has of a group, and which devices were in it when: worked out from the commits alone. */
export class GroupLog {
  readonly messages: LoggedMessage[] = [];
  readonly commits: LoggedCommit[] = [];
  private readonly devices: ReadonlySet<string>[] = [];
  private readonly leaves: (string | undefined)[] = [];

  static async of(relay: TestRelay, conversationId: string): Promise<GroupLog> {
    const log = new GroupLog();
    const rows = await relay.query<EntryRow>(
      `SELECT seq, id, CASE kind WHEN 0 THEN 'message' ELSE 'commit' END AS kind, sender_device AS sender, body
       FROM entries WHERE conversation_id = $1 AND kind IN (0, 3) ORDER BY seq`,
      [conversationId],
    );
    for (const row of rows) log.take(row);
    return log;
  }

  /** The newest one. */
  get epoch(): number {
    return this.devices.length - 1;
  }

  /** Who could read what was sent in an epoch. */
  devicesAt(epoch: number): ReadonlySet<string> {
    return this.devices[epoch] ?? new Set();
  }

  private take({ seq, id, kind, sender, body }: EntryRow): void {
    const place = { seq: Number(seq), sender, body };
    if (kind === 'message') {
      this.messages.push({ ...place, id, epoch: readPrivateMessage(body).epoch });
      return;
    }
    const header = readCommit(body);
    this.follow(header, sender);
    this.commits.push({ ...place, epoch: header.epoch + 1, isFromOutside: header.senderLeaf === undefined });
  }

  /** Whoever goes leaves a leaf empty, and whoever comes takes the first that is (RFC 9420 §7.7). */
  private follow({ epoch, added, removed, senderLeaf, leaf }: CommitHeader, sender: string): void {
    if (epoch === 0) this.leaves[0] = sender;
    for (const index of removed) this.leaves[index] = undefined;
    const coming = added.map((one) => one.leaf.identity.deviceId);
    for (const device of senderLeaf === undefined ? [leaf.identity.deviceId] : coming) {
      const free = this.leaves.indexOf(undefined);
      this.leaves[free < 0 ? this.leaves.length : free] = device;
    }
    if (epoch === 0) this.devices[0] = new Set([sender]);
    this.devices[epoch + 1] = new Set(this.leaves.filter((device) => device !== undefined));
  }
}
