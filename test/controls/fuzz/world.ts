import { randomBytes } from 'node:crypto';
import { call, draftOf, people, type Seeded, type TestUser } from '#testing';
import { listed } from '../../e2e/device-lists.js';
import { Administration } from './administration.js';
import { Guarded } from './guarded.js';
import { groupOf } from '../../e2e/sending.js';

/** Who asks: somebody with a session. */
export interface Asker {
  readonly username: string;
  readonly token: string;
  readonly authKey: string;
}

interface Place {
  readonly id: string;
  readonly members: readonly TestUser[];
  readonly messageIds: string[];
}

/** Something that may be ended, and by whom. */
interface Spare {
  readonly by: Asker;
  readonly id: string;
}

const RENEW_MS = 4 * 60_000;
const MOST_SPARES = 200;

/**
 * People who know each other, with conversations and messages, and what may be destroyed: sessions, devices, groups and
 * accounts that earlier requests have made.
 */
export class World {
  readonly sessions: (Spare & { readonly token: string; readonly refreshToken: string })[] = [];
  readonly devices: Spare[] = [];
  readonly groups: (Spare & { readonly members: readonly string[] })[] = [];
  readonly accounts: Asker[] = [];
  /** The current version of each person's identity key. */
  readonly keyVersions = new Map<string, number>();
  private renewedAt = performance.now();

  private constructor(
    readonly url: string,
    /** They stay, and nobody ends their first session. */
    readonly people: readonly TestUser[],
    /** Takes part in nothing: is looked up, blocked and forgotten. */
    readonly stranger: TestUser,
    /** Is asked first. */
    readonly reserved: TestUser,
    readonly places: readonly Place[],
    readonly invitations: string[],
    /** Has a signed list of devices, which nobody changes. */
    readonly lister: Awaited<ReturnType<typeof listed>>,
    /** Takes a second factor. */
    readonly guarded: Guarded,
    readonly administration: Administration,
  ) {}

  static async make(relay: { readonly url: string; makeAdmin(username: string): Promise<void> }): Promise<World> {
    const [stranger, reserved, ...others] = await people(relay, 8);
    await reserved.request('PATCH', '/auth/me', { privacy: 'contacts' });
    const [ada, bob, cleo] = others;
    await Promise.all(others.map((person) => befriend(person, others)));
    const places = await Promise.all([
      ada.directWith(bob).then((id) => placeOf(id, [ada, bob])),
      cleo.directWith(ada).then((id) => placeOf(id, [ada, cleo])),
      groupOf(ada, others.slice(1)).then((id) => placeOf(id, others)),
      groupOf(bob, [cleo]).then((id) => placeOf(id, [bob, cleo])),
    ]);
    const invitations = await Promise.all(others.map((person) => groupOf(person, [reserved])));
    const [lister, guarded] = [await listed(relay), await Guarded.make(relay)];
    const administration = await Administration.make(relay);
    return new World(relay.url, others, stranger, reserved, places, invitations, lister, guarded, administration);
  }

  asker(random: Seeded): TestUser {
    return random.pick(this.people);
  }

  placeOf(person: TestUser, random: Seeded): Place | undefined {
    const places = this.places.filter(({ members }) => members.includes(person));
    return places.length === 0 ? undefined : random.pick(places);
  }

  /** Keeps the people signed in, however long it takes. */
  async renew(): Promise<void> {
    if (performance.now() - this.renewedAt < RENEW_MS) return;
    this.renewedAt = performance.now();
    const others = [this.stranger, this.reserved, this.lister.user, this.guarded.user, ...this.administration.people];
    for (const person of [...this.people, ...others]) {
      const { refreshToken } = person.signedIn;
      const { body } = await call(this, 'POST', '/v1/auth/refresh', { body: { refreshToken } });
      person.signedIn = { ...person.signedIn, ...body };
    }
  }

  /** Learns from an answer what there is now. */
  learn(operationId: string, by: Asker, asked: Record<string, unknown>, answer: Record<string, unknown>): void {
    const id = String(answer.id);
    if (operationId === 'addDevice') keep(this.devices, { by, id });
    if (operationId === 'createConversation' && answer.kind === 'group')
      keep(this.groups, { by, id, members: namesIn(asked.members) });
    if (operationId === 'uploadIdentityKey') this.keyVersions.set(by.username, Number(answer.version));
    if (['register', 'completeRecovery'].includes(operationId)) this.learnAccount(asked, answer);
    if (['confirmTotp', 'addPasskey'].includes(operationId)) this.guarded.spares.push(idOf(answer.factor));
    if (operationId === 'login') this.learnSession(by, answer);
  }

  private learnAccount({ username, authKey }: Record<string, unknown>, answer: Record<string, unknown>): void {
    keep(this.accounts, { username: String(username), authKey: String(authKey), token: String(answer.accessToken) });
  }

  private learnSession(by: Asker, answer: Record<string, unknown>): void {
    const [id, token, refreshToken] = [answer.sessionId, answer.accessToken, answer.refreshToken].map(String);
    keep(this.sessions, { by, id: id!, token: token!, refreshToken: refreshToken! });
  }
}

/** So that they reach each other, whatever becomes of their privacy. */
async function befriend(person: TestUser, others: readonly TestUser[]): Promise<void> {
  for (const other of others.filter((one) => one !== person))
    await person.request('PUT', `/contacts/${other.username}`, { state: 'accepted' });
}

async function placeOf(id: string, members: readonly TestUser[]): Promise<Place> {
  const messageIds: string[] = [];
  for (const member of members) {
    const draft = draftOf('an earlier message');
    await member.send(id, 'an earlier message', draft);
    messageIds.push(draft.id);
  }
  return { id, members, messageIds };
}

function keep<T>(spares: T[], spare: T): void {
  if (spares.length < MOST_SPARES) spares.push(spare);
}

function idOf(factor: unknown): string {
  return (factor as { id: string }).id;
}

function namesIn(members: unknown): string[] {
  return Array.isArray(members) ? members.map(String) : [];
}

/** Somebody who was never let in. */
export function nobody(): Asker {
  return { username: 'nobody', authKey: randomBytes(32).toString('base64url'), token: 'none' };
}
