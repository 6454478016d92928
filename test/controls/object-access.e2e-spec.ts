import { CLIENT_EVENTS } from '#protocol';
import { TestRelay } from '#testing';
import { v7 } from 'uuid';
import { eventBodies } from '../e2e/outsider-scene.js';
import { type Operation, operationsOf } from '../operations.js';
import {
  type Acquaintances,
  acquaintances,
  ask,
  type Callers,
  callersAmong,
  objectsOf,
  type RawReply,
  type Role,
  ROLES,
  stateOf,
} from './callers.js';
import { DECIDED, decisionOn, EVENT_DECISIONS, TELL_NAMES } from './decisions.js';

const relay = TestRelay.duringTests();
let operations: Operation[];
let known: Acquaintances;
/** For all that changes nothing. */
let shared: Callers;
beforeAll(async () => {
  operations = await operationsOf(relay);
  known = await acquaintances(relay);
  shared = await callersAmong(relay, await acquaintances(relay));
});

/** People to ask as: what they do to accounts, sessions and devices is not undone, and a group is as it was only once. */
async function callersFor({ method, path }: Operation): Promise<Callers> {
  if (method === 'GET') return shared;
  return callersAmong(relay, /\/(auth|devices|push)/.test(path) ? await acquaintances(relay) : known);
}

/** What must stand in no answer to somebody, whatever they asked. */
function hiddenFrom({ conversationId, sealed, device, blob, file, totp }: Callers, role: Role): string[] {
  const ofOwner = [device.id, device.sessionId, device.name, blob.body, totp.secret];
  const hidden: Record<Role, string[]> = {
    anonymous: [conversationId, sealed.early, sealed.late, file.sealed, ...ofOwner],
    stranger: [conversationId, sealed.early, sealed.late, file.sealed, ...ofOwner],
    former: [sealed.late, file.sealed, ...ofOwner],
    invited: [sealed.early, sealed.late, file.sealed, ...ofOwner],
    member: ofOwner,
    owner: [],
  };
  return hidden[role];
}

/** Asks as everybody in turn. */
async function outcomes(operation: Operation): Promise<{ statuses: number[]; leaks: string[]; changes: Role[] }> {
  const callers = await callersFor(operation);
  const objects = objectsOf(callers, operation.path);
  const [statuses, leaks, changes]: [number[], string[], Role[]] = [[], [], []];
  let before = await stateOf(relay, callers);
  for (const role of ROLES) {
    const { status, text } = await ask(relay, operation, { callers, role, objects });
    statuses.push(status);
    leaks.push(...hiddenFrom(callers, role).filter((secret) => text.includes(secret)));
    const after = await stateOf(relay, callers);
    if (status >= 300 && JSON.stringify(after) !== JSON.stringify(before)) changes.push(role);
    before = after;
  }
  return { statuses, leaks, changes };
}

/** A body for each event, about the owner's conversation and with the owner's token. */
const aboutOwner = (): ReturnType<typeof eventBodies> =>
  eventBodies({ eve: shared.users.owner, conversationId: shared.conversationId });

const askStranger = (operation: Operation, objects: Record<string, string>): Promise<RawReply> =>
  ask(relay, operation, { callers: shared, role: 'stranger', objects });

describe('every route', () => {
  it('is decided on for everybody who may ask, and no other is (C-20)', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual([...DECIDED].sort());
    expect(() => decisionOn('aRouteThatIsNew', 'stranger')).toThrow('aRouteThatIsNew');
  });

  it('answers as was decided, to owner, member, invited, former member, stranger and nobody; who is refused changes and learns nothing (C-20)', async () => {
    const mistakes: unknown[] = [];
    for (const operation of operations) {
      const { operationId } = operation;
      const { statuses, leaks, changes } = await outcomes(operation);
      const decided = ROLES.map((role) => decisionOn(operationId, role));
      if (leaks.length + changes.length > 0 || statuses.join() !== decided.join())
        mistakes.push({ operationId, statuses, decided, leaks, changes });
    }
    expect(mistakes).toEqual([]);
  }, 180_000);

  it('gives a stranger the same bytes and headers for what is absent and for what is not theirs (C-20)', async () => {
    const named = operations.filter(({ path, operationId }) => path.includes('{') && !TELL_NAMES.includes(operationId));
    expect(named.length).toBeGreaterThan(15);
    for (const operation of named) {
      const objects = objectsOf(shared, operation.path);
      const absent = {
        ...objects,
        id: v7(),
        deviceId: v7(),
        conversationId: v7(),
        messageId: v7(),
        attachmentId: v7(),
      };
      const replies = [
        await askStranger(operation, objects),
        await askStranger(operation, absent),
        await askStranger(operation, { ...objects, messageId: v7() }),
        await askStranger(operation, { ...absent, username: 'nobody-at-all' }),
        await askStranger(operation, { ...objects, username: 'nobody-at-all' }),
      ];
      expect([operation.operationId, replies.map(({ fingerprint }) => fingerprint)]).toEqual([
        operation.operationId,
        replies.map(() => replies[0]!.fingerprint),
      ]);
    }
  });

  it('that takes an id in its body does not tell either whether it is anything to others (C-20)', async () => {
    const elsewhere = { ...shared, conversationId: v7(), device: { ...shared.device, id: v7() } };
    for (const operation of operations.filter(({ operationId }) => ['sync', 'login'].includes(operationId))) {
      const [notTheirs, absent] = [
        await ask(relay, operation, { callers: shared, role: 'stranger', objects: {} }),
        await ask(relay, operation, { callers: elsewhere, role: 'stranger', objects: {} }),
      ];
      expect([notTheirs.status, notTheirs.fingerprint]).toEqual([
        decisionOn(operation.operationId, 'stranger'),
        absent.fingerprint,
      ]);
    }
  });
});

describe('every event', () => {
  it.each(Object.keys(EVENT_DECISIONS))('of kind %s answers as was decided (C-20)', async (event) => {
    const { users } = shared;
    for (const role of ROLES.filter((one) => one !== 'anonymous')) {
      const socket = await users[role].socket();
      const { ok, error } = await socket.emit(event, aboutOwner()[event]);
      const decided = EVENT_DECISIONS[event]![role];
      expect([role, ok, error?.code]).toEqual([role, decided === undefined, decided]);
      socket.close();
    }
  });

  it('is decided on, and no other is (C-20)', () => {
    expect(Object.keys(EVENT_DECISIONS).sort()).toEqual(Object.keys(aboutOwner()).sort());
    expect(Object.keys(EVENT_DECISIONS).sort()).toEqual([...CLIENT_EVENTS].sort());
  });
});
