import type { OpenAccount, SdkEvent } from '#sdk';
import type { MlsGroup } from '#crypto';
import type { TestRelay } from '#testing';
import { DeviceSession } from '../../libs/sdk/src/device-session.js';
import { GroupShelf } from '../../libs/sdk/src/groups/group-shelf.js';
import type { LogEntry, LogItem } from '../../libs/sdk/src/sync/log-item.js';
import { everyMessage } from './sdk-apps.js';
import { jsonAnswer, type Meddler, SdkDevice } from './sdk-devices.js';

/** Sockets find nobody there. */
const NOWHERE = 'http://127.0.0.1:9';

/** What a relay shows in place of the items of a log behind a position. */
export type Lie = (items: readonly LogItem[], after: number) => readonly LogItem[];

/** Nobody hears anything but when a test says so, however slow it is. */
const NEVER_MS = 2 ** 31 - 1;

/** Somebody's device. All that it hears of the relay goes through its wire: nothing is pushed to it. */
export class Person {
  readonly events: SdkEvent[] = [];

  private constructor(
    readonly device: SdkDevice,
    readonly account: OpenAccount,
    readonly session: DeviceSession,
  ) {
    session.events.listen((event) => this.events.push(event));
  }

  static async registered(relay: TestRelay): Promise<Person> {
    const device = new SdkDevice(relay, undefined, NOWHERE);
    return Person.of(device, await device.register());
  }

  /** One after the other. */
  static async several(relay: TestRelay, count: number): Promise<Person[]> {
    const people: Person[] = [];
    while (people.length < count) people.push(await Person.registered(relay));
    return people;
  }

  /** Another device of the same account, which has caught up with everything. */
  async another(): Promise<Person> {
    const device = new SdkDevice(this.device.relay, this.username, NOWHERE);
    return Person.of(device, await device.signIn());
  }

  private static async of(device: SdkDevice, account: OpenAccount): Promise<Person> {
    const person = new Person(device, account, new DeviceSession(account, { pollMs: NEVER_MS }));
    await person.session.start();
    return person;
  }

  get username(): string {
    return this.account.username;
  }

  async sync(): Promise<void> {
    await this.session.sync();
  }

  async send(id: string, text: string): Promise<void> {
    await this.session.messages.send(id, text);
    await this.session.settled();
  }

  /** What can be read, and in brackets what cannot, oldest first. */
  async reads(id: string): Promise<string[]> {
    const messages = await everyMessage((page) => this.session.messages.history(id, page));
    return messages.map(({ content, unreadable = '' }) =>
      content?.kind === 'text' ? content.text : `[${unreadable}]`,
    );
  }

  /** The troubles that were told of a conversation, and `over` for the end of one. */
  troubles(id: string): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'trouble' && event.conversationId === id ? [event.trouble ?? 'over'] : [],
    );
  }

  /** Codes of what was given up. */
  failures(): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'failed' && event.error instanceof Error && 'code' in event.error
        ? [String(event.error.code)]
        : [],
    );
  }

  /** The group as this device has stored it: a member who lies with the relay makes what they like with it. */
  async group(id: string): Promise<MlsGroup> {
    const group = await new GroupShelf(this.account.store).get(id);
    if (group === undefined) throw new Error('this device is in no group');
    return group;
  }

  /** As if an entry had come by a socket. */
  async pushed(entry: LogEntry): Promise<void> {
    await this.session.groups.sync.take(entry.conversationId, entry);
  }

  /** Gives this device new keys, as it does by itself after some days. */
  async renewKeys(id: string): Promise<void> {
    await this.session.groups.committer.commit(id, () => Promise.resolve({}));
  }

  async stop(): Promise<void> {
    await this.session.stop();
  }

  /** Lies about the log of a conversation as long as the work takes. */
  async lyingAbout<T>(id: string, lie: Lie, work: () => Promise<T>): Promise<T> {
    return this.meddling(lyingAbout(id, lie), work);
  }

  async meddling<T>(meddler: Meddler, work: () => Promise<T>): Promise<T> {
    this.device.wire.meddler = meddler;
    try {
      return await work();
    } finally {
      this.device.wire.mend();
    }
  }
}

interface SyncReply {
  conversations: { conversationId: string; headSeq: number; items: LogItem[]; upTo: number }[];
}

export function lyingAbout(id: string, lie: Lie): Meddler {
  return async (request, pass) => {
    const { pathname, searchParams } = new URL(request.url);
    const asked = request.clone();
    const response = await pass();
    if (!response.ok) return response;
    if (pathname === '/v1/sync') {
      const { cursors } = (await asked.json()) as { cursors: Record<string, number> };
      return jsonAnswer(liedSync((await response.json()) as SyncReply, { id, lie, after: cursors[id] ?? 0 }));
    }
    if (request.method !== 'GET' || pathname !== `/v1/conversations/${id}/messages`) return response;
    const page = (await response.json()) as { items: LogItem[]; upTo: number };
    const items = lie(page.items, Number(searchParams.get('after')));
    return jsonAnswer({ ...page, ...positionsOf(items, page.upTo), items });
  };
}

function liedSync(reply: SyncReply, { id, lie, after }: { id: string; lie: Lie; after: number }): SyncReply {
  const told = reply.conversations.find(({ conversationId }) => conversationId === id);
  const items = [...lie(told?.items ?? [], after)];
  const others = reply.conversations.filter((one) => one !== told);
  const one = { conversationId: id, items, ...positionsOf(items, told?.upTo ?? after) };
  return { ...reply, conversations: items.length === 0 ? others : [...others, one] };
}

function positionsOf(items: readonly LogItem[], otherwise: number): { upTo: number; headSeq: number } {
  const last = items.at(-1);
  const upTo = last === undefined ? otherwise : 'gap' in last ? last.gap.to : last.seq;
  return { upTo, headSeq: upTo };
}

export const isEntry = (item: LogItem): item is LogEntry => !('gap' in item);

/** Changes each entry of a kind. */
export function changing(kind: string, change: (entry: LogEntry) => LogItem): Lie {
  return (items) => items.map((item) => (isEntry(item) && item.kind === kind ? change(item) : item));
}

/** Answers to `GET` of a path with something else. */
export function answering(path: string, change: (answer: Record<string, unknown>) => unknown, method = 'GET'): Meddler {
  return async (request, pass) => {
    const response = await pass();
    if (!new URL(request.url).pathname.endsWith(path) || request.method !== method || !response.ok) return response;
    return jsonAnswer(change((await response.json()) as Record<string, unknown>));
  };
}

export const both =
  (one: Meddler, other: Meddler): Meddler =>
  (request, pass) =>
    one(request, () => other(request, pass));

export function gapAt(seq: number): LogItem {
  return { gap: { from: seq, to: seq, reason: 'expired' } };
}
