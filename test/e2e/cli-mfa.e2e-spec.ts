import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay } from '#testing';
import { CliPeople, type CliProcess, CliUser } from './cli-process.js';
import { operatingAdmin } from './operating-admin.js';
import { AuthenticatorApp } from './second-factors.js';

/** Second factors at the terminal. */

const relay = TestRelay.duringTests();
const started: CliProcess[] = [];
let directory: string;
let people: CliPeople;

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-mfa-'));
  people = new CliPeople(relay.url, directory);
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.stop('SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

function begun(process: CliProcess): CliProcess {
  started.push(process);
  return process;
}

/** Whom the terminal asks types this. */
async function answered(process: CliProcess, ...lines: string[]) {
  for (const line of lines) process.type(line);
  process.endInput();
  return begun(process).end();
}

it('an authenticator app is added by its code, asked for where the account signs in, and removed', async () => {
  const ada = await people.registered('ada');
  const adding = begun(ada.start('mfa', 'totp', 'My', 'phone'));
  await adding.prints('To type it: ');
  const secret = adding.lines.find((line) => line.startsWith('To type it: '))!.slice('To type it: '.length);
  const app = new AuthenticatorApp(relay, secret);
  adding.type(app.code());
  const added = await adding.end();
  expect(added.code).toBe(0);
  const codes = added.out.split('\n').filter((line) => /^\d\d(-[A-Z2-7]{4}){4}$/.test(line));
  expect([added.out.includes('My phone is added.'), codes.length]).toEqual([true, 10]);

  const laptop = new CliUser(ada.username, join(directory, 'laptop'));
  const signIn = ['sign-in', '--username', ada.username, '--url', relay.url];
  const wrong = await answered(laptop.start(...signIn), app.wrongCode());
  expect([wrong.code, wrong.err.includes('This code is not right')]).toEqual([1, true]);
  const right = await answered(laptop.start(...signIn), codes[0]!);
  expect([right.code, right.out]).toEqual([0, `This device is ${ada.username}’s now, at ${relay.url}.`]);

  const listed = await laptop.does('mfa');
  expect(listed).toMatch(/^[0-9a-f-]{36} {2}totp {2}[\d-]{10} {2}My phone\n9 recovery codes are left\.$/);
  expect(await laptop.does('mfa', 'remove', listed.slice(0, 36))).toBe('My phone is removed.');
  expect(JSON.parse(await laptop.does('mfa', '--json'))).toMatchObject({ factors: [], recoveryCodesLeft: 0 });
});

it('a device that is trusted is not asked again, until it is asked to be', async () => {
  const ada = await people.registered('ada');
  const adding = begun(ada.start('mfa', 'totp'));
  await adding.prints('To type it: ');
  const secret = adding.lines.find((line) => line.startsWith('To type it: '))!.slice('To type it: '.length);
  const app = new AuthenticatorApp(relay, secret);
  adding.type(app.code());
  await adding.end();
  const laptop = new CliUser(ada.username, join(directory, 'trusted'));
  const signIn = ['sign-in', '--username', ada.username, '--url', relay.url];
  expect((await answered(laptop.start(...signIn, '--trust'), app.nextCode())).code).toBe(0);
  const [trusted] = /[0-9a-f-]{36} {2}is not asked until/.exec(await laptop.does('mfa'))!;
  // What it has stored is still there.
  const admin = await operatingAdmin(relay);
  const endSessions = () => admin.request('DELETE', `/admin/users/${ada.username}/sessions`);
  expect((await endSessions()).status).toBe(204);
  await laptop.does(...signIn);
  await laptop.does('mfa', 'untrust', trusted.slice(0, 36));
  expect((await endSessions()).status).toBe(204);
  const asked = await answered(laptop.start(...signIn), app.nextCode());
  expect([asked.code, asked.err]).toEqual([0, expect.stringContaining('Code: ')]);
});
