import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { link, scanScreen } from '../browser/linking-people.js';
import { type Person, WebApp } from '../browser/web-app.js';
import { CliPeople, CliProcess, type CliUser } from './cli-process.js';

/** Weeks of three people in a few minutes: Ada and Grace have a browser each, and Alan a terminal. Each part goes on where the one before ended. */

const OUTAGE_MS = 10_000;

describeInChromium('Ada and Grace in browsers, and Alan at a terminal', () => {
  let app: WebApp;
  let directory: string;
  let ada: Person;
  let grace: Person;
  let alan: CliUser;
  /** Ada's second browser. */
  let desktop: Person;
  const running: CliProcess[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sealpost-story-'));
    app = await WebApp.start();
    [ada, grace] = await Promise.all([app.newPerson('ada.lovelace'), app.newPerson('grace.hopper')]);
    // Builds it, once for all.
    expect(await CliProcess.start(['--help']).end()).toMatchObject({ code: 0, err: '' });
  });
  afterEach(() => {
    expect(app.takeComplaints().filter((line) => !isOfTheNetwork(line))).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all(running.map((process) => process.stop('SIGKILL')));
    await app.stop();
    await rm(directory, { recursive: true });
  });

  /** At the terminal, in a conversation, once. */
  const alanReads = async (where: string, ...texts: string[]): Promise<void> => {
    const lines = (await alan.does('history', where)).split('\n');
    for (const text of texts) expect(lines.filter((line) => line.endsWith(`: ${text}`))).toHaveLength(1);
  };
  const isIn = ({ page }: Person, chat: string): Promise<void> =>
    page.getByRole('log', { name: `Messages with ${chat}` }).waitFor();
  const begins = async (person: Person, username: string, text: string): Promise<void> => {
    await person.beginChat(username);
    await isIn(person, username);
    await person.write(text);
    await person.reads(text);
  };
  const says = async (person: Person, chat: string, text: string): Promise<void> => {
    await person.openChat(chat);
    await isIn(person, chat);
    await person.write(text);
    await person.reads(text);
  };

  it('make their accounts', async () => {
    [alan] = await Promise.all([
      new CliPeople(app.relay.url, directory).registered('alan'),
      ...[ada, grace].map((person) => person.register().then(() => person.keepRecoveryCode())),
    ]);
    for (const person of [ada, grace]) await person.sees('No chats yet');
  });

  it('write to each other, everybody to everybody', async () => {
    await begins(ada, grace.username, 'Ada to Grace');
    await grace.openChat(ada.username);
    await grace.reads('Ada to Grace');
    await says(grace, ada.username, 'Grace to Ada');
    await ada.reads('Grace to Ada');
    await begins(ada, alan.username, 'Ada to Alan');
    await alan.does('send', ada.username, 'Alan to Ada');
    await ada.reads('Alan to Ada');
    await alan.does('send', grace.username, 'Alan to Grace');
    await grace.openChat(alan.username);
    await grace.reads('Alan to Grace');
    await says(grace, alan.username, 'Grace to Alan');
    await alanReads(ada.username, 'Ada to Alan', 'Alan to Ada');
    await alanReads(grace.username, 'Alan to Grace', 'Grace to Alan');
  });

  it('verify each other: browsers by the code on the other one’s screen, the terminal by digits', async () => {
    await ada.openChat(grace.username);
    await ada.openSafetyNumber(grace.username);
    await grace.openChat(ada.username);
    await grace.openSafetyNumber(ada.username);
    expect(await digitsOf(ada)).toBe(await digitsOf(grace));
    await scanScreen(ada, grace);
    await ada.sees(`The codes match. ${grace.username} is verified.`);
    await scanScreen(grace, ada);
    await grace.sees(`The codes match. ${ada.username} is verified.`);
    for (const person of [ada, grace]) {
      await person.openChat(alan.username);
      await person.openSafetyNumber(alan.username);
      const [digits = '', state] = (await alan.does('verify', person.username, '--yes')).split('\n');
      expect(state).toBe(`${person.username}: verified`);
      expect(digits.replaceAll(/\D/g, '')).toBe(await digitsOf(person));
      await person.press('They match');
      await person.sees(`You have marked ${alan.username} as verified.`);
    }
  });

  it('are a group of three, in which everybody reads everybody', async () => {
    await ada.page.getByRole('button', { name: 'New chat' }).click();
    await ada.page.getByRole('tab', { name: 'Group' }).click();
    await ada.fill('Name of the group', 'Tea');
    await ada.fill('Usernames', `${grace.username} ${alan.username}`);
    await ada.press('Create group');
    await isIn(ada, 'Tea');
    await ada.write('At four');
    await grace.openChat('Tea');
    await grace.reads('At four');
    await grace.write('With milk');
    await ada.reads('With milk');
    await alan.does('send', 'Tea', 'Without sugar');
    for (const person of [ada, grace]) await person.reads('Without sugar');
    await alanReads('Tea', 'At four', 'With milk', 'Without sugar');
  });

  it('are two in it when one was removed, who reads nothing of what comes after', async () => {
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    await ada.press(`Options for ${alan.username}`);
    await ada.page.getByRole('menuitem', { name: 'Remove from group' }).click();
    await ada.press('Remove from group');
    await ada.page.locator('.person', { hasText: alan.username }).waitFor({ state: 'detached' });
    await says(ada, 'Tea', 'Without Alan');
    await grace.sees(`${ada.username} removed ${alan.username}`);
    await grace.reads('Without Alan');
    await says(grace, 'Tea', 'A pity');
    await ada.reads('A pity');
    await alanReads('Tea', 'At four', 'With milk', 'Without sugar');
    expect(await alan.does('groups')).toContain('[left]');
    expect(await alan.run('send', 'Tea', 'May I?')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/not in this/),
    });
    expect(await ada.page.getByText('May I?').count()).toBe(0);
    const everything = await alan.does('export');
    for (const text of ['Without Alan', 'A pity']) expect(everything).not.toContain(text);
  });

  it('have what was written before on a browser that is linked later', async () => {
    desktop = await app.newPerson(ada.username);
    await link(ada, desktop);
    await desktop.openChat(alan.username);
    for (const text of ['Ada to Alan', 'Alan to Ada']) await desktop.reads(text);
    await desktop.page.getByRole('img', { name: 'Verified' }).first().waitFor();
    await desktop.openChat('Tea');
    for (const text of ['At four', 'With milk', 'Without sugar', 'Without Alan', 'A pity']) await desktop.reads(text);
    await says(desktop, 'Tea', 'From my desktop');
    await grace.reads('From my desktop');
    await ada.sees('The new device has all that it needs.');
    await ada.openChat('Tea');
    await ada.reads('From my desktop');
  });

  it('get what they have missed when they are back from where there is no network', async () => {
    await grace.page.context().setOffline(true);
    await grace.sees(/No connection/);
    await grace.write('From the tunnel');
    await grace.page.getByRole('img', { name: 'Sending' }).waitFor();
    await says(ada, 'Tea', 'Where are you?');
    await desktop.reads('Where are you?');
    expect(await timesRead(grace, 'Where are you?')).toBe(0);
    await grace.page.context().setOffline(false);
    for (const person of [grace, ada, desktop])
      for (const text of ['From the tunnel', 'Where are you?']) {
        await person.reads(text);
        expect(await timesRead(person, text)).toBe(1);
      }
  });

  it('read nothing while the app is locked, and everything once it is unlocked', async () => {
    await ada.press('Menu');
    await ada.page.getByRole('menuitem', { name: 'Lock' }).click();
    await ada.sees(/Welcome back/);
    await says(grace, 'Tea', 'Are you asleep?');
    await desktop.reads('Are you asleep?');
    expect(await ada.page.getByText('Are you asleep?').count()).toBe(0);
    expect(await ada.page.getByRole('log').count()).toBe(0);
    await ada.unlock();
    await ada.reads('Are you asleep?');
    await ada.reads('At four');
  });

  it('lose nothing, and read nothing twice, when the server is away for ten seconds', async () => {
    await ada.openChat(alan.username);
    const terminal = alan.start('chat', ada.username);
    running.push(terminal);
    await terminal.prints('Alan to Ada');
    await app.relay.whileAway(async () => {
      const sinceMs = Date.now();
      for (const person of [ada, grace, desktop]) await person.sees(/No connection/);
      await ada.write('Ada in the dark');
      terminal.type('Alan in the dark');
      await grace.write('Grace in the dark');
      await desktop.write('Desktop in the dark');
      for (const person of [ada, grace, desktop]) await person.page.getByRole('img', { name: 'Sending' }).waitFor();
      await until(() => Date.now() - sinceMs >= OUTAGE_MS, 'the ten seconds are over', 2 * OUTAGE_MS);
    });
    const direct = ['Ada in the dark', 'Alan in the dark'];
    const ofGroup = ['Grace in the dark', 'Desktop in the dark'];
    await terminal.prints('Ada in the dark');
    for (const text of direct) await ada.reads(text);
    for (const person of [grace, desktop]) for (const text of ofGroup) await person.reads(text);
    terminal.type('/quit');
    expect(await terminal.end()).toMatchObject({ code: 0 });
    await alanReads(ada.username, ...direct);
    const linesInGroup = await linesOf(grace, 'Tea', ofGroup);
    for (const person of [ada, desktop]) expect(await linesOf(person, 'Tea', ofGroup)).toEqual(linesInGroup);
    const linesOfTwo = await linesOf(ada, alan.username, direct);
    expect(await linesOf(desktop, alan.username, direct)).toEqual(linesOfTwo);
    for (const text of ofGroup) expect(linesInGroup.filter((line) => line === text)).toHaveLength(1);
    for (const text of direct) expect(linesOfTwo.filter((line) => line === text)).toHaveLength(1);
  });

  it('go on as before', async () => {
    for (const person of [ada, grace, desktop])
      await person.page.getByText('No connection').first().waitFor({ state: 'hidden' });
    await alan.does('send', ada.username, 'That was long');
    for (const person of [ada, desktop]) {
      await person.openChat(alan.username);
      await person.reads('That was long');
    }
    await says(desktop, alan.username, 'It was');
    await ada.reads('It was');
    await alanReads(ada.username, 'That was long', 'It was');
  });
});

async function digitsOf({ page }: Person): Promise<string> {
  return (await page.locator('.digits').innerText()).replaceAll(/\D/g, '');
}

function timesRead({ page }: Person, text: string): Promise<number> {
  return page.getByRole('log').getByText(text, { exact: true }).count();
}

/** All messages of a chat, in their order, once some of them are there. There are few enough that all of them are in the page. */
async function linesOf(person: Person, chat: string, expected: readonly string[]): Promise<string[]> {
  await person.openChat(chat);
  for (const text of expected) await person.reads(text);
  return person.page
    .getByRole('log', { name: `Messages with ${chat}` })
    .locator('.text')
    .allInnerTexts();
}

/** A relay that is away is what some of this is about: the browser takes it for an error. */
function isOfTheNetwork(complaint: string): boolean {
  return /ERR_CONNECTION_REFUSED|WebSocket connection/.test(complaint);
}
