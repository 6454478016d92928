/** One measurement of the SDK in a process of its own, which is as cold as an application that starts. Run by sdk.mjs. */
import { join } from 'node:path';
import { deriveAccountKeys, pad } from '#crypto';
import { encodeContent, MLS_SUITES } from '#protocol';
import { type OpenAccount, register, RelayClient, Sealpost } from '#sdk';
import { NodeStore } from '#sdk/node';
import {
  committed,
  founded,
  joinedBy,
  keyPackage,
  NOTE,
  person,
  trio,
} from '../../libs/crypto/src/mls/people.fixture.js';
import { CONVERSATIONS, newConversation } from '../../libs/sdk/src/conversations/conversation-record.js';
import { DeviceSession } from '../../libs/sdk/src/device-session.js';
import { MESSAGES, messageKey } from '../../libs/sdk/src/messages/message-record.js';

const PASSWORD = 'correct horse battery staple';
const TEXT = 'A message of about as many words as people write to each other when they are in no hurry.';
const CONTENT = pad(encodeContent({ kind: 'text', text: TEXT }));
const [CONVERSATION_COUNT, MESSAGES_EACH, MEMBERS] = [100, 100, 100];
/** Skipped ones of which a receiver keeps the keys. */
const MOST_SKIPPED = 32;

const [, , scenario = '', given = '{}'] = process.argv;
const { url, directory } = JSON.parse(given) as { readonly url: string; readonly directory: string };
const homeOf = (name: string): string => join(directory, name);

/** What a scenario measures, by its name. */
type Figures = Readonly<Record<string, number>>;

const scenarios: Readonly<Record<string, () => Promise<Figures>>> = {
  crypt,
  fill,
  open: () => timed('open', opened),
  meet,
  send,
  'catch up': () => timed('catchUp', caughtUp),
  write,
};
const measured = await scenarios[scenario]?.();
console.log(JSON.stringify(measured));

/** Wall and processor time of all threads. */
async function timed(name: string, run: () => Promise<void>): Promise<Figures> {
  const [startedAt, used] = [performance.now(), process.cpuUsage()];
  await run();
  const { user, system } = process.cpuUsage(used);
  return { [`${name}Ms`]: performance.now() - startedAt, [`${name}CpuMs`]: (user + system) / 1000 };
}

/** A short message, encrypted by one device and opened by another, once everything is compiled. */
async function crypt(): Promise<Figures> {
  const [warmUp, rounds] = [50, 300];
  const { ann, ben, groups } = await trio(MLS_SUITES.xWing);
  let [ofAnn, ofBen] = [groups.ann, groups.ben];
  const step = async (): Promise<void> => {
    const sealed = await ann.engine.encrypt(ofAnn, CONTENT, NOTE);
    ({ group: ofBen } = await ben.engine.open(ofBen, sealed.message));
    ofAnn = sealed.group;
  };
  for (let n = 0; n < warmUp; n++) await step();
  const { cryptMs = 0, cryptCpuMs = 0 } = await timed('crypt', async () => {
    for (let n = 0; n < rounds; n++) await step();
  });
  return { cryptMs: cryptMs / rounds, cryptCpuMs: cryptCpuMs / rounds };
}

async function registered(name: string): Promise<OpenAccount> {
  const device = { username: name, password: PASSWORD, deviceName: 'bench' };
  return register({ ...device, relay: new RelayClient({ url }), store: await NodeStore.open(homeOf(name)) });
}

/** A device that is no longer new: 10,000 messages in 100 conversations. */
async function fill(): Promise<Figures> {
  const account = await registered('hoarder');
  const session = new DeviceSession(account);
  await session.start();
  for (let n = 0; n < CONVERSATION_COUNT; n++) {
    const { id, head } = await session.conversations.group([]);
    const put = Array.from({ length: MESSAGES_EACH }, (_none, index) => {
      const seq = head + 1 + index;
      const sender = { senderAccountId: account.accountId, senderDeviceId: account.deviceId };
      const content = { kind: 'text' as const, text: TEXT };
      return MESSAGES.put(messageKey(id, seq), { id: crypto.randomUUID(), seq, sentAtMs: seq, ...sender, content });
    });
    await account.store.write({ put });
  }
  await session.stop();
  await account.store.close();
  return {};
}

async function sealpostOf(name: string): Promise<Sealpost> {
  const sealpost = new Sealpost({ url, store: await NodeStore.open(homeOf(name)) });
  await sealpost.unlock(PASSWORD);
  return sealpost;
}

/** With the derivation from the password, until the conversations and the newest messages of one can be shown. */
async function opened(): Promise<void> {
  const sealpost = await sealpostOf('hoarder');
  const conversations = await sealpost.conversations.list();
  const { length } = await sealpost.messages.history(conversations[7]!.id);
  if (conversations.length !== CONVERSATION_COUNT || length !== 50) throw new Error('something is missing');
  await sealpost.close();
}

async function meet(): Promise<Figures> {
  const [reader, writer] = [await registered('reader'), await registered('writer')];
  const [reading, writing] = [new DeviceSession(reader), new DeviceSession(writer)];
  await Promise.all([reading.start(), writing.start()]);
  const { id } = await writing.conversations.direct('reader');
  await reading.sync();
  if (!(await reading.conversations.get(id)).isReady) throw new Error('the reader is not in the group');
  await Promise.all([reading.stop(), writing.stop()]);
  return {};
}

async function send(): Promise<Figures> {
  const writer = await sealpostOf('writer');
  const [conversation] = await writer.conversations.list();
  const sent = await timed('send', async () => {
    for (let n = 0; n < 1_000; n++) await writer.messages.send(conversation!.id, `${TEXT} ${String(n)}`);
    await writer.settled();
  });
  await writer.close();
  return sent;
}

/** With the derivation from the password, until 1,000 messages that came meanwhile are stored. */
async function caughtUp(): Promise<void> {
  let messages = 0;
  const sealpost = new Sealpost({ url, store: await NodeStore.open(homeOf('reader')) });
  sealpost.listen(({ kind }) => (messages += kind === 'message' ? 1 : 0));
  await sealpost.unlock(PASSWORD);
  if (messages !== 1_000) throw new Error(`${String(messages)} messages have come`);
  await sealpost.close();
}

/** What a device of a group of 100 writes for a message: parts of its group, the conversation and the message itself. */
async function write(): Promise<Figures> {
  const people = await Promise.all(Array.from({ length: MEMBERS }, (_none, n) => person(n)));
  const packages = await Promise.all(people.slice(1).map((one) => keyPackage(one, MLS_SUITES.xWing)));
  const added = await committed(people[0]!, await founded(people[0]!, MLS_SUITES.xWing), { add: packages });
  let sending = await joinedBy(people[1]!, added, packages[0]!);
  let group = await joinedBy(people[2]!, added, packages[1]!);
  const members = people.map(({ accountId }, n) => ({
    ...{ accountId, username: `somebody.called-${String(n)}` },
    ...{ role: 'member' as const, state: 'joined' as const },
  }));
  const record = newConversation(
    { kind: 'group', cursor: 1, believedUntil: 1, standing: 'joined', members },
    Date.now(),
  );
  const message = {
    id: NOTE.toString('hex'),
    seq: 1,
    senderAccountId: members[1]!.accountId,
    senderDeviceId: people[1]!.deviceId,
  };
  const beside =
    CONVERSATIONS.codec.encode(record).length +
    MESSAGES.codec.encode({ ...message, sentAtMs: Date.now(), content: { kind: 'text', text: TEXT } }).length;
  const written: number[] = [];
  for (const skipped of [0, MOST_SKIPPED]) {
    let sealed = await people[1]!.engine.encrypt(sending, CONTENT, NOTE);
    for (let n = 0; n < skipped; n++) sealed = await people[1]!.engine.encrypt(sealed.group, CONTENT, NOTE);
    sending = sealed.group;
    const { group: next } = await people[2]!.engine.open(group, sealed.message);
    const parts = [...next.partsSince(group).put.values()].reduce((sum, { length }) => sum + length, 0);
    written.push(parts + beside);
    group = next;
  }
  const cost = await timed('derive', async () => {
    const kdf = {
      algorithm: 'argon2id' as const,
      salt: 'A'.repeat(43),
      memoryKiB: 65_536,
      iterations: 3,
      parallelism: 1,
    };
    await deriveAccountKeys(PASSWORD, kdf);
  });
  return { writeBytes: written[0]!, writeMostBytes: written[1]!, ...cost };
}
