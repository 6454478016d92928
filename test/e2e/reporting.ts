import { v7 } from 'uuid';
import { commitmentTo, encodeBase64Url, frankedFrame, newFrankingKey, pad } from '#crypto';
import { type Franked, frankedContextBytes, messageContextBytes } from '#protocol';
import { type FiledReport, RelayRefusal, type ReportDraft } from '#sdk';
import type { TestRelay } from '#testing';
import { runReports } from '../../apps/relay/src/reports-command.js';
import { ReportsSweepService } from '../../apps/relay/src/reports/reports-sweep.service.js';
import { reportsOf } from '../../libs/sdk/src/account/reports.js';
import { proofOf } from '../../libs/sdk/src/messages/franking.js';
import { Person } from './hostile-relay.js';

/** Mallory writes what Grace reports; Ada has nothing to do with it. */
export class ReportScene {
  ada = undefined as never as Person;
  grace = undefined as never as Person;
  mallory = undefined as never as Person;

  static duringTests(relay: TestRelay): ReportScene {
    const scene = new ReportScene();
    beforeAll(async () => {
      [scene.ada, scene.grace, scene.mallory] = (await Person.several(relay, 3)) as [Person, Person, Person];
    });
    afterAll(async () => {
      for (const person of [scene.ada, scene.grace, scene.mallory]) await person.stop();
    });
    return scene;
  }

  /** A group of Mallory's, in which Grace is. */
  async group(...others: Person[]): Promise<string> {
    const members = [this.grace, ...others];
    const { id } = await this.mallory.session.conversations.group(members.map(({ username }) => username));
    for (const person of members) await person.sync();
    return id;
  }

  /** A message of Mallory's, which Grace has read. */
  async said(id: string, text = 'I know where you live'): Promise<string> {
    await this.mallory.send(id, text);
    await this.grace.sync();
    return newest(this.grace, id);
  }

  /** As Grace reports it. */
  against(conversationId: string, ...messages: object[]) {
    return { username: this.mallory.username, conversationId, messages };
  }
}

/** What one device of a person tells the operator. */
export function reportsBy({ account, session }: Pick<Person, 'account' | 'session'>) {
  return reportsOf(() => ({ relay: account.relay, messages: session.messages, contacts: session.contacts }));
}

export const file = (by: Person, draft: Omit<ReportDraft, 'reason'>): Promise<FiledReport> =>
  reportsBy(by).file({ reason: 'threats', ...draft });

/** Reports whatever is given, as no client of ours would. @returns the code of the refusal, or the verdicts. */
export async function rawReport(by: Person, report: object): Promise<string> {
  const body = { id: v7(), reason: 'spam', ...report } as never;
  try {
    const { messages } = await by.account.relay.call((api) => api.POST('/v1/reports', { body }));
    return messages.map(({ verdict }) => verdict).join() || 'filed';
  } catch (error) {
    if (error instanceof RelayRefusal) return error.code;
    throw error;
  }
}

/** The newest message of a conversation that somebody has, by its id. */
export async function newest(person: Person, conversationId: string): Promise<string> {
  const [message] = await person.session.messages.history(conversationId, { limit: 1 });
  return message!.id!;
}

/** What a device would show of a message. */
export async function opened(person: Person, conversationId: string, messageId: string) {
  const { content, frankingKey } = proofOf((await person.session.messages.get(conversationId, messageId))!)!;
  return { messageId, content: encodeBase64Url(content), frankingKey: encodeBase64Url(frankingKey) };
}

/** How a sender makes a message that is not as it should be. */
export interface OddMessage {
  /** What is encrypted behind the key, as a text. */
  readonly written?: string;
  /** In place of what is encrypted: what is committed to. */
  readonly committed?: Partial<Franked>;
  /** In place of the key that is encrypted. */
  readonly key?: Uint8Array;
  /** As before there were commitments. */
  readonly isUnfranked?: boolean;
}

/** Encrypts such a message for the group of a conversation; their device knows nothing of it. */
export async function oddMessage(by: Person, conversationId: string, odd: OddMessage) {
  const { accountId: senderAccountId, deviceId: senderDeviceId } = by.account;
  const place = { conversationId, messageId: v7(), senderAccountId, senderDeviceId };
  const content = new TextEncoder().encode(odd.written ?? '{"v":1,"kind":"text","text":"odd"}');
  const key = newFrankingKey();
  const commitment = commitmentTo({ ...place, content, ...odd.committed }, key);
  const frame = odd.isUnfranked === true ? content : frankedFrame({ key: odd.key ?? key, content });
  const context = odd.isUnfranked === true ? messageContextBytes(place) : frankedContextBytes({ ...place, commitment });
  const { message } = await by.account.engine.encrypt(await by.group(conversationId), pad(frame), context);
  return { id: place.messageId, ciphertext: encodeBase64Url(message) };
}

/** Sends it. @returns its id, or the code of the refusal. */
export async function sendsOdd(by: Person, conversationId: string, odd: OddMessage): Promise<string> {
  const body = await oddMessage(by, conversationId, odd);
  const params = { path: { conversationId } };
  try {
    await by.account.relay.call((api) => api.POST('/v1/conversations/{conversationId}/messages', { params, body }));
    return body.id;
  } catch (error) {
    if (error instanceof RelayRefusal) return error.code;
    throw error;
  }
}

export const sweepReports = (relay: TestRelay): Promise<void> => relay.part(ReportsSweepService).sweep();

/** `npm run reports` on the database of a relay. */
export async function reportsCommand(relay: TestRelay, ...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const write = (text: string): Promise<void> => {
    out += text;
    return Promise.resolve();
  };
  return { code: await runReports(args, { environment: relay.settings, write }), out };
}
