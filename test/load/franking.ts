import {
  commitmentTo,
  frankedFrame,
  importSigningKey,
  isCommitment,
  MlsEngine,
  newDeviceKeys,
  newFrankingKey,
  pad,
  readFrankedFrame,
  unpad,
} from '#crypto';
import { encodeContent, frankedContextBytes, messageContextBytes, MLS_SUITES } from '#protocol';
import { v7 } from 'uuid';

const [accountId, deviceId, conversationId] = [v7(), v7(), v7()];
const MESSAGES = 400;
const ROUNDS = 9;

/** What franking adds to a message: bytes, and processor time at the sender and at each receiver. */
async function measure(): Promise<void> {
  const { signatureKey, privateKey } = await newDeviceKeys();
  const signingKey = await importSigningKey(privateKey);
  const engine = new MlsEngine({ accountId, deviceId, signatureKey, signingKey });
  const now = Math.floor(Date.now() / 1000);
  const lifetime = { notBefore: now - 60, notAfter: now + 3_600, suite: MLS_SUITES.xWing };
  for (const chars of [20, 200, 2_000, 60_000]) {
    const content = encodeContent({ kind: 'text', text: 'x'.repeat(chars) });
    let group = await engine.createGroup({ conversationId, generation: 1 }, lifetime);
    const sealing = async (isFranked: boolean): Promise<number> => {
      const { frame, context } = isFranked ? franked(content) : plain(content);
      const sealed = await engine.encrypt(group, pad(frame), context);
      group = sealed.group;
      return sealed.message.length;
    };
    const bytes = [await sealing(false), await sealing(true)];
    const [before, after]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      before.push(await microseconds(() => sealing(false)));
      after.push(await microseconds(() => sealing(true)));
    }
    const { frame, commitment } = franked(content);
    const padded = pad(frame);
    const checks: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      checks.push(
        await microseconds(() => {
          const read = readFrankedFrame(unpad(padded))!;
          if (!isCommitment(commitment, { ...place, content: read.content }, read.key))
            throw new Error('it does not hold');
        }),
      );
    console.log(
      `${chars} characters: ${bytes.join(' → ')} bytes; sealing ${median(before)} → ${median(after)} µs; check ${median(checks)} µs`,
    );
  }
}

const place = { conversationId, messageId: v7(), senderAccountId: accountId, senderDeviceId: deviceId };

function plain(content: Uint8Array) {
  return { frame: content, context: messageContextBytes(place) };
}

function franked(content: Uint8Array) {
  const key = newFrankingKey();
  const commitment = commitmentTo({ ...place, content }, key);
  return { frame: frankedFrame({ key, content }), context: frankedContextBytes({ ...place, commitment }), commitment };
}

/** Of one turn, in the mean of many. Processor time: others use the machine as well. */
async function microseconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < MESSAGES; n++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MESSAGES;
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}

await measure();
