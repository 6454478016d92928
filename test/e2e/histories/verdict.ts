import { MlsError } from '#crypto';
import type { MessageContent } from '#protocol';
import type { MessageRecord } from '#sdk';
import type { SimulatedDevice } from './device.js';
import { GroupLog, type LoggedMessage } from './group-log.js';
import { describe, type History, isOrdinary } from './history.js';

const MOST_ROUNDS = 15;

/** What a device shows, by position. */
type Shown = ReadonlyMap<number, MessageRecord>;

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
      const group = (await device.isShutOut(id)) ? undefined : await device.group(id);
      if (group !== undefined) authenticators.add(Buffer.from(group.epochAuthenticator).toString('hex'));
      this.failings(device);
    }
    if (authenticators.size !== 1) this.complain(`${String(authenticators.size)} epoch authenticators`);
    for (const device of [...population.devices, ...population.revoked]) await this.readings(device);
    for (const old of oldStates)
      for (const seq of await old.readsOn(this.log))
        this.complain(`${old.deviceId} was put out, and reads ${String(seq)}`);
    await this.sendings();
    this.returns();
  }

  private failings(device: SimulatedDevice): void {
    const isDamaged = device.damagedIn(this.history.id).length > 0;
    for (const error of device.failures.splice(0))
      if (!isOrdinary(error) && !(isDamaged && isShutOut(error)))
        this.complain(`${device.name} failed: ${describe(error)}`);
  }

  /** Each message once, at its place, as it was sent, by whoever was in the group then, and nothing by anybody else. */
  private async readings(device: SimulatedDevice): Promise<void> {
    const records = await device.messages(this.history.id);
    const shown: Shown = new Map(records.map((record) => [record.seq, record]));
    if (shown.size !== records.length) this.complain(`${device.name} has something twice`);
    for (const message of this.log.messages) {
      const wrong = this.wrongWith(message, device, shown);
      const { seq, epoch } = message;
      if (wrong !== '') this.complain(`message ${String(seq)} of epoch ${String(epoch)} on ${device.name} ${wrong}`);
    }
  }

  private wrongWith(message: LoggedMessage, device: SimulatedDevice, records: Shown): string {
    const shown = records.get(message.seq);
    const isMember = this.log.devicesAt(message.epoch).has(device.account.deviceId);
    const content = shown?.content ?? null;
    if (content !== null) return isMember ? this.wrongIn(content, message) : 'is read, though it is not in the group';
    const mustRead = isMember && this.mustRead(device, message) && this.hasComeIn(device, message, records);
    return mustRead ? `is ${shown?.unreadable ?? 'nothing'}` : '';
  }

  private wrongIn(content: MessageContent, { id }: LoggedMessage): string {
    const sent = this.history.taken.find((taken) => taken.id === id);
    return sent === undefined || (content.kind === 'text' && content.text === sent.text) ? '' : 'is another one';
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

  /** Who is put out again before it has come in, and reads nothing at all, has had its welcome taken back. */
  private hasComeIn(device: SimulatedDevice, { epoch }: LoggedMessage, records: Shown): boolean {
    const isIn = (at: number): boolean => this.log.devicesAt(at).has(device.account.deviceId);
    let [first, last] = [epoch, epoch];
    while (isIn(first - 1)) first -= 1;
    while (isIn(last + 1)) last += 1;
    const ofStay = this.log.messages.filter((message) => message.epoch >= first && message.epoch <= last);
    return last === this.log.epoch || ofStay.some(({ seq }) => (records.get(seq)?.content ?? null) !== null);
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
      else if (present.has(deviceId) && waiting.refused === null && !(await device.isShutOut(this.history.id)))
        this.complain(`“${text}” is not sent`);
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

/** As the way back is refused, by the device itself. */
function isShutOut(error: unknown): boolean {
  return error instanceof MlsError && ['not_allowed', 'not_a_member'].includes(error.code);
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
    if (await device.isShutOut(id)) continue;
    if (expected.has(deviceId) ? !isThere : !at.startsWith('none'))
      unrest.push(`${device.name} is ${at}, ${JSON.stringify(place)}`);
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
