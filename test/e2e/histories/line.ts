import { setTimeout as after } from 'node:timers/promises';
import { documentedFetch, type Seeded } from '#testing';
import type { LogEntry } from '../../../libs/sdk/src/sync/log-item.js';
import { redirected } from '../sdk-devices.js';
import { type Push, PushProxy } from './push-proxy.js';

/** What becomes of a request: it never leaves, the relay does what it says and nobody hears so, or it takes its time. */
type Fate = 'lost' | 'answer lost' | 'late';

const MOST_LATE_MS = 120;

/** The way between one device and its relay, over which everything is carried that the two say to each other. */
export class Line {
  /** Commits that arrived with a bit turned. */
  readonly damaged: Pick<LogEntry, 'conversationId' | 'seq'>[] = [];
  private readonly fates: Fate[] = [];
  private readonly pushFates: ('lost' | 'late' | 'twice')[] = [];
  /** Whose commits are spared, while one is to be damaged. */
  private damagesForeign: string | undefined;
  private isCut = false;

  private constructor(
    private readonly relayUrl: string,
    private readonly seeded: Seeded,
    private readonly proxy: PushProxy,
  ) {}

  static async to(relayUrl: string, seeded: Seeded): Promise<Line> {
    const carry = (push: Push, deliver: (push: Push) => void): void => {
      line.carryPush(push, deliver);
    };
    const line: Line = new Line(relayUrl, seeded, await PushProxy.open(relayUrl, carry));
    return line;
  }

  /** Where the device takes its relay to be. */
  get url(): string {
    return this.proxy.url;
  }

  readonly fetch: typeof fetch = async (...args) => {
    const request = await redirected(new Request(...args), this.relayUrl);
    const fate = this.fates.shift();
    if (this.isCut || fate === 'lost') throw new TypeError('fetch failed');
    if (fate === 'late') await after(this.seeded.between(1, MOST_LATE_MS));
    const response = await documentedFetch(request);
    if (fate === 'late') await after(this.seeded.between(1, MOST_LATE_MS));
    if (this.cutByNow() || fate === 'answer lost') throw new TypeError('fetch failed');
    return this.damage(request, response);
  };

  /** The next requests, or their answers, get lost, and pushes with them. */
  drop(count: number): void {
    for (let n = 0; n < count; n++) {
      this.fates.push(this.seeded.pick(['lost', 'answer lost']));
      this.pushFates.push('lost');
    }
  }

  /** The next requests and pushes take so long that others overtake them; some pushes come twice. */
  delay(count: number): void {
    for (let n = 0; n < count; n++) {
      this.fates.push('late');
      this.pushFates.push(this.seeded.pick(['late', 'late', 'twice']));
    }
  }

  /** Nothing gets through until it is mended. */
  cut(): void {
    this.isCut = true;
    this.proxy.refuse();
  }

  /** Turns a bit of the next commit that the device is shown of another one. */
  damageCommit(ownDeviceId: string): void {
    this.damagesForeign = ownDeviceId;
  }

  /** Everything gets through. */
  mend(): void {
    this.isCut = false;
    this.damagesForeign = undefined;
    this.fates.length = 0;
    this.pushFates.length = 0;
    this.proxy.admit();
  }

  async close(): Promise<void> {
    await this.proxy.close();
  }

  private cutByNow(): boolean {
    return this.isCut;
  }

  private carryPush(push: Push, deliver: (push: Push) => void): void {
    const fate = this.pushFates.shift();
    if (fate === 'lost') return;
    if (push.name === 'entry') this.damageEntry(push.body);
    if (fate !== 'late') deliver(push);
    if (fate !== undefined) setTimeout(() => deliver(push), this.seeded.between(1, MOST_LATE_MS));
  }

  private async damage(request: Request, response: Response): Promise<Response> {
    if (this.damagesForeign === undefined || !response.ok || !/\/(sync|messages)$/.test(new URL(request.url).pathname))
      return response;
    const body = (await response.json()) as Shown;
    for (const items of [body.items ?? [], ...(body.conversations ?? []).map((one) => one.items)])
      for (const item of items) this.damageEntry(item);
    return Response.json(body, { status: response.status });
  }

  private damageEntry(entry: Partial<LogEntry>): void {
    if (this.damagesForeign === undefined || entry.kind !== 'commit' || entry.ciphertext === undefined) return;
    if (entry.senderDeviceId === this.damagesForeign) return;
    this.damagesForeign = undefined;
    const { conversationId = '', seq = 0 } = entry;
    this.damaged.push({ conversationId, seq });
    const bytes = Buffer.from(entry.ciphertext, 'base64url');
    bytes[bytes.length - 1]! ^= 1;
    Object.assign(entry, { ciphertext: bytes.toString('base64url') });
  }
}

interface Shown {
  readonly items?: Partial<LogEntry>[];
  readonly conversations?: { readonly items: Partial<LogEntry>[] }[];
}
