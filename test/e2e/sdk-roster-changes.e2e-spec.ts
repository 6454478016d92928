import './cheap-argon2.js';
import { TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';

/** What the members of a group are shown of who comes and goes: Ada founds it, Grace follows her, and Alan is there now and then. */

const relay = TestRelay.duringTests();
const apps = SdkApps.throughout(relay);
let ada: SdkApp;
let grace: SdkApp;
let alan: SdkApp;
let group: string;

/** Without the numbers that tell people of different tests apart. */
const plain = (username: string): string => username.replace(/\d+$/, '');

async function told({ sealpost }: SdkApp): Promise<string[]> {
  const changes = await sealpost.conversations.changes(group);
  return changes.map(({ kind, username, by, role = '' }) =>
    [by === null ? '' : plain(by.username), kind, plain(username), role].join(' ').trim(),
  );
}

const isToldOf = (app: SdkApp, last: string): Promise<boolean> =>
  until(async () => (await told(app)).at(-1) === last, `a device is told: ${last}`, 20_000);

beforeAll(async () => {
  [ada, grace, alan] = await apps.everyone('ada', 'grace', 'alan');
}, 60_000);

describe('who comes, goes, or gets another role', () => {
  it('is told to everybody alike, once, in order, with who signed for it', async () => {
    const heard: number[] = [];
    grace.sealpost.listen((event) => {
      if (event.kind === 'roster') heard.push(...event.changes.map(({ seq }) => seq));
    });
    const { conversations } = ada.sealpost;
    ({ id: group } = await conversations.group([grace.username]));
    await grace.ready(group);
    await conversations.add(group, [alan.username]);
    await conversations.giveRole(group, grace.username, 'admin');
    await conversations.remove(group, [alan.username]);
    await isToldOf(grace, 'ada removed alan');
    expect(await told(ada)).toEqual([
      'ada added ada',
      'ada added grace',
      'ada added alan',
      'ada role grace admin',
      'ada removed alan',
    ]);
    // Her part of the log begins where she came in.
    expect(await told(grace)).toEqual((await told(ada)).slice(1));
    expect(heard).toEqual((await grace.sealpost.conversations.changes(group)).map(({ seq }) => seq));
  });

  it('is shown of the part of a log that is asked for', async () => {
    const { conversations } = ada.sealpost;
    const [first, second, ...others] = await conversations.changes(group);
    const { seq } = second!;
    expect(await conversations.changes(group, { before: seq })).toEqual([first]);
    expect(await conversations.changes(group, { from: seq })).toEqual([second, ...others]);
  });

  it('is their own doing when an owner leaves, and nobody gave the next one their role', async () => {
    await ada.sealpost.conversations.leave(group);
    for (const app of [grace, await apps.restarted(ada)]) await isToldOf(app, 'role grace owner');
    expect((await told(grace)).slice(-2)).toEqual(['left ada', 'role grace owner']);
  });

  it('is known after a start as it was before', async () => {
    const before = await told(grace);
    grace = await apps.restarted(grace);
    expect(await told(grace)).toEqual(before);
  });
});
