import './cheap-argon2.js';
import type { components } from '#api-client';
import { scaled, TestRelay } from '#testing';
import type { LogEntry } from '../../libs/sdk/src/sync/log-item.js';
import { UNLIMITED } from '../controls/unlimited.js';
import { both, lyingAbout, Person } from './hostile-relay.js';
import { shownAs } from './lying-members.js';
import { jsonAnswer, type Meddler } from './sdk-devices.js';

type Commit = components['schemas']['CommitDto'];

const RUNS = scaled({ ci: 1, gate: 100 });
const relay = TestRelay.duringTests({ environment: UNLIMITED });
let [ada, grace, alan, joan]: Person[] = [];
beforeAll(async () => {
  [ada, grace, alan, joan] = await Person.several(relay, 4);
}, 60_000);
afterAll(async () => {
  for (const person of [ada, grace, alan, joan]) await person?.stop();
});

/** Takes commits, says that they stand in the log, and keeps them for itself. */
function swallowing(taken: Commit[], place: { seq: number; generation: number; epoch: number }): Meddler {
  return async (request, pass) => {
    if (request.method !== 'POST' || !request.url.endsWith('/commits')) return pass();
    const commit = (await request.json()) as Commit;
    taken.push(commit);
    return jsonAnswer({ id: commit.id, ...place, duplicate: false }, 201);
  };
}

/** Lets somebody commit, and shows that to nobody but them. @returns the entry, for those who are to see it. */
async function committedApart(by: Person, id: string): Promise<Omit<LogEntry, 'seq' | 'createdAt'>> {
  const taken: Commit[] = [];
  const { head } = await by.session.conversations.get(id);
  const { generation, epoch } = await by.session.conversations.groupCode(id);
  const { accountId, deviceId } = by.account;
  const entry = (): Omit<LogEntry, 'seq' | 'createdAt'> => ({
    conversationId: id,
    id: taken[0]?.id ?? '',
    kind: 'commit',
    senderId: accountId,
    sender: by.username,
    senderDeviceId: deviceId,
    ciphertext: taken[0]?.commit ?? '',
  });
  const createdAt = new Date().toISOString();
  const log = lyingAbout(id, (_items, after) =>
    taken.length === 0 || after > head ? [] : [{ ...entry(), seq: head + 1, createdAt }],
  );
  const place = { seq: head + 1, generation, epoch: epoch + 1 };
  await by.meddling(both(swallowing(taken, place), log), () => by.renewKeys(id));
  return entry();
}

/** A group in which two have followed a commit of Grace, and two another one of the same epoch, of Alan. */
async function forked(): Promise<string> {
  const people = [grace!, alan!, joan!];
  const { id } = await ada!.session.conversations.group(people.map(({ username }) => username));
  for (const person of people) await person.sync();
  // Who was let in by a last resort has given itself new keys, which the others are to follow first.
  for (const person of [ada!, ...people]) await person.sync();
  await shownAs(await committedApart(alan!, id), joan!, id);
  await grace!.renewKeys(id);
  await ada!.sync();
  return id;
}

const codeOf = (person: Person | undefined, id: string) => person!.session.conversations.groupCode(id);

describe('a relay that shows two halves of a group two commits of one epoch', () => {
  it('is found out by comparing codes, which say the same within a half only (M-10)', async () => {
    for (let run = 0; run < RUNS; run++) {
      const id = await forked();
      const [ours, graces, alans, theirs] = [
        await codeOf(ada, id),
        await codeOf(grace, id),
        await codeOf(alan, id),
        await codeOf(joan, id),
      ];
      expect(graces).toEqual(ours);
      expect(theirs).toEqual(alans);
      expect(alans.epoch).toBe(ours.epoch);
      expect(alans.digits).not.toBe(ours.digits);
      expect(ours.digits).toMatch(/^(\d{5} ){11}\d{5}$/);
    }
  });

  it('lets neither half read the other, and both are one again once it shows one log to all (M-10)', async () => {
    for (let run = 0; run < RUNS; run++) {
      const id = await forked();
      await joan!.send(id, 'from the other half');
      await ada!.sync();
      expect((await ada!.reads(id)).at(-1)).toBe('[not_authentic]');
      await grace!.renewKeys(id);
      for (const person of [alan!, joan!]) await person.sync();
      expect(alan!.troubles(id)).toEqual(['bad_commit', 'over']);
      for (const person of [ada!, grace!, alan!, joan!]) await person.sync();
      const codes = [await codeOf(ada, id), await codeOf(grace, id), await codeOf(alan, id), await codeOf(joan, id)];
      expect(new Set(codes.map(({ digits }) => digits)).size).toBe(1);
      await ada!.send(id, 'all of us');
      for (const person of [grace!, alan!, joan!]) {
        await person.sync();
        expect((await person.reads(id)).at(-1)).toBe('all of us');
      }
    }
  });
});
