import type { MessageRecord } from '#sdk';
import type { SimulatedDevice } from './device.js';
import { GroupLog } from './group-log.js';
import { describe, type History, isOrdinary } from './history.js';

const MOST_ROUNDS = 15;

interface Place {
  last_seq: string;
  epoch: string;
  mls_generation: number;
}

/** What a history has come to. */
export class Verdict {
  readonly complaints: string[] = [];

  private constructor(
    private readonly history: History,
    private readonly log: GroupLog,
  ) {}

  /** Lets everything come to rest, and looks at all of it. */
  static async on(history: History): Promise<Verdict> {
    await history.recover();
    const unrest = await settle(history);
    const { population, id } = history;
    const verdict = new Verdict(history, await GroupLog.of(population.relay, id));
    verdict.complaints.push(...unrest, ...history.surprises);
    await verdict.judge();
    return verdict;
  }

  get counts() {
    const { population, taken, oldStates } = this.history;
    const { commits, messages, epoch } = this.log;
    return {
      devices: population.devices.length,
      members: this.log.devicesAt(epoch).size,
      commits: commits.length,
      returns: commits.filter(({ isFromOutside }) => isFromOutside).length,
      sent: taken.length,
      messages: messages.length,
      putOut: oldStates.length,
    };
  }

  /** What happened, in order. */
  get told(): readonly string[] {
    return this.history.done;
  }

  private async judge(): Promise<void> {
    const { population, id, oldStates } = this.history;
    const authenticators = new Set<string>();
    for (const device of population.devices) {
      const group = await device.group(id);
      if (group !== undefined) authenticators.add(Buffer.from(group.epochAuthenticator).toString('hex'));
      await this.readings(device);
    }
    if (authenticators.size !== 1) this.complain(`${String(authenticators.size)} epoch authenticators`);
    for (const device of population.revoked) await this.readings(device);
    for (const old of oldStates)
      for (const seq of await old.readsOn(this.log))
        this.complain(`${old.deviceId} was put out, and reads ${String(seq)}`);
    await this.sendings();
    this.returns();
    for (const { failures, username } of population.devices)
      for (const error of failures.splice(0))
        if (!isOrdinary(error)) this.complain(`${username} failed: ${describe(error)}`);
  }

  /** Each message once, at its place, as it was sent, by whoever was in the group then, and nothing by anybody else. */
  private async readings(device: SimulatedDevice): Promise<void> {
    const { deviceId } = device.account;
    const records = await device.messages(this.history.id);
    const shown = new Map<number, MessageRecord>(records.map((record) => [record.seq, record]));
    if (shown.size !== records.length) this.complain(`${deviceId} has something twice`);
    const sent = new Map(this.history.taken.map(({ id, text }) => [id, text]));
    for (const { seq, id, epoch } of this.log.messages) {
      const { content, unreadable = 'nothing' } = shown.get(seq) ?? { content: null };
      const text = content?.kind === 'text' ? content.text : undefined;
      const isMember = this.log.devicesAt(epoch).has(deviceId);
      const what = `${device.username} ${deviceId}: message ${String(seq)} of epoch ${String(epoch)}`;
      if (content !== null && !isMember) this.complain(`${what} is read by a device that is not in the group`);
      if (content === null && isMember && this.mustRead(device, { seq, epoch }))
        this.complain(`${what} is ${unreadable}`);
      if (text !== undefined && sent.has(id) && sent.get(id) !== text) this.complain(`${what} is another one`);
    }
  }

  /** Not what came after a commit that was damaged, until the device was back. */
  private mustRead(device: SimulatedDevice, { seq, epoch }: { seq: number; epoch: number }): boolean {
    if (this.history.population.revoked.includes(device)) return false;
    return device.damagedIn(this.history.id).every((damaged) => {
      const back = this.log.commits.find(
        (commit) => commit.isFromOutside && commit.sender === device.account.deviceId && commit.seq > damaged,
      );
      return seq < damaged || (back !== undefined && epoch >= back.epoch);
    });
  }

  /** Whatever a device had said it would send stands in the log once, but for those who could not any more. */
  private async sendings(): Promise<void> {
    const logged = this.log.messages.map(({ id }) => id);
    if (new Set(logged).size !== logged.length) this.complain('a message stands in the log twice');
    const present = this.log.devicesAt(this.log.epoch);
    for (const { device, deviceId, id, text } of this.history.taken) {
      if (logged.includes(id)) continue;
      const waiting = (await device.session.messages.waiting(this.history.id)).find((one) => one.id === id);
      if (waiting === undefined) this.complain(`“${text}” is lost`);
      else if (present.has(deviceId) && waiting.refused === null) this.complain(`“${text}” is not sent`);
    }
  }

  /** Nobody has to come back whom nothing has happened to. */
  private returns(): void {
    const { devices, revoked } = this.history.population;
    for (const { sender, isFromOutside, seq } of this.log.commits) {
      const device = [...devices, ...revoked].find(({ account }) => account.deviceId === sender);
      if (isFromOutside && device?.damagedIn(this.history.id).some((damaged) => damaged < seq) !== true)
        this.complain(`${sender} came back from outside at ${String(seq)} for no reason`);
    }
  }

  private complain(what: string): void {
    this.complaints.push(what);
  }
}

/** @returns what does not come to rest. */
async function settle(history: History): Promise<string[]> {
  let unrest: string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await Promise.all(history.population.devices.map(({ session }) => session.sync()));
    unrest = await unrestOf(history);
    if (unrest.length === 0) return [];
  }
  return unrest;
}

async function unrestOf({ population, id }: History): Promise<string[]> {
  const { relay, devices } = population;
  const [place] = await relay.query<Place>('SELECT last_seq, epoch, mls_generation FROM conversations WHERE id = $1', [
    id,
  ]);
  const rows = await relay.query<{ device: string }>(
    `SELECT d.id AS device FROM devices d JOIN members m USING (account_id)
     WHERE m.conversation_id = $1 AND m.left_seq IS NULL AND d.revoked_at IS NULL`,
    [id],
  );
  const expected = new Set(rows.map(({ device }) => device));
  const unrest: string[] = [];
  for (const device of devices) {
    const { deviceId } = device.account;
    const at = await placeOf(device, id);
    const isThere = at === `${String(place?.mls_generation)}/${String(place?.epoch)} at ${String(place?.last_seq)}`;
    if (expected.has(deviceId) ? !isThere : !at.startsWith('none'))
      unrest.push(`${device.username} ${deviceId} is ${at}, ${JSON.stringify(place)}`);
  }
  return unrest;
}

async function placeOf(device: SimulatedDevice, id: string): Promise<string> {
  const group = await device.group(id);
  const known = (await device.session.conversations.list()).find((one) => one.id === id);
  const waiting = await device.session.messages.waiting(id);
  if (group === undefined || known === undefined) return `none ${JSON.stringify(known?.trouble)}`;
  const sending = waiting.some(({ refused }) => refused === null) ? ', sending' : '';
  const trouble = known.trouble === null ? '' : `, ${known.trouble}`;
  return `${String(group.name.generation)}/${String(group.epoch)} at ${String(known.head)}${trouble}${sending}`;
}
