import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import type { Page } from 'playwright-core';
import { de } from '../../apps/web/src/i18n/de.js';
import { en } from '../../apps/web/src/i18n/en.js';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';
import { englishIn } from '../browser/catalogue.js';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { WITH_GRACE } from './deleting.js';

/** Every page in German, on a small phone: no English is left, nothing is cut off, and nothing stands in anybody's way. */

const PHONE = { width: 360, height: 740 };

interface Shown {
  readonly texts: readonly string[];
  readonly tooWide: readonly string[];
}

/** What is to be read on the page or heard of it, and, where one could scroll aside, what makes it wider than the screen. */
async function shownOn(page: Page): Promise<Shown> {
  const shown: unknown = await page.evaluate(
    `(() => {
      const isSeen = (node) => node.parentElement?.checkVisibility() && node.parentElement.closest('script, style') === null;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) if (isSeen(walker.currentNode)) texts.push(walker.currentNode.data);
      for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
        for (const element of document.body.querySelectorAll('[' + name + ']')) texts.push(element.getAttribute(name));
      const isTooWide = document.documentElement.scrollWidth > innerWidth;
      const wide = [...document.body.querySelectorAll('*')].filter((node) => node.getBoundingClientRect().right > innerWidth);
      return { texts, tooWide: isTooWide ? wide.map((node) => node.tagName + '.' + node.className) : [] };
    })()`,
  );
  return shown as Shown;
}

/** All that there is to complain of. */
async function faultsOf(
  person: Person,
): Promise<{ english: string[]; tooWide: readonly string[]; obstacles: string[] }> {
  const { texts, tooWide } = await shownOn(person.page);
  return { english: englishIn(texts), tooWide, obstacles: await person.obstacles() };
}
const NONE = { english: [], tooWide: [], obstacles: [] };

describe('what looks for English', () => {
  it('finds whole messages and parts of them, and not what is the same in both languages', () => {
    const said = [en.contacts.privacy, ` ${en.common.close} `, 'Reset the second factors of grace'];
    expect(englishIn(said)).toEqual(said);
    expect(englishIn([de.contacts.privacy, de.common.close, 'Name', 'Sealpost', 'grace'])).toEqual([]);
  });
});

describeInChromium('the web app in German', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let direct: string;
  let group: string;

  async function speakingGerman(person: Person): Promise<void> {
    await person.page.evaluate(`localStorage.setItem('sealpost.language', 'de')`);
    await person.page.setViewportSize(PHONE);
    await person.page.reload();
  }
  const dialog = () => ada.page.getByRole('dialog').or(ada.page.getByRole('alertdialog'));
  const closed = async (): Promise<void> => {
    await ada.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  };
  const headed = (person: Person, title: string) => person.page.getByRole('heading', { name: title }).first().waitFor();

  beforeAll(async () => {
    app = await WebApp.start(WITH_GRACE);
    ada = await app.newPerson('ada.lovelace');
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    await ada.page.getByRole('button', { name: 'Menu' }).waitFor();
    await app.relay.part(AdminsStore).grant(ada.username, app.relay.clock.now());
    await app.relay.query(`UPDATE sessions SET factor_at = '9999-01-01'`);
    ({ id: direct } = await grace.conversations.direct(ada.username));
    ({ id: group } = await grace.conversations.group([ada.username], { title: 'Engines' }));
    await grace.conversations.giveRole(group, ada.username, 'owner');
    await grace.messages.send(direct, 'Guten Morgen');
    const file = { size: 1, slice: () => Promise.resolve(new Uint8Array(1)) };
    await grace.attachments.send(direct, file, { name: 'plan.txt', type: 'text/plain' });
    await grace.settled();
    await ada.openChat('grace');
    await ada.page.getByText('plan.txt').first().waitFor();
    await speakingGerman(ada);
    await ada.page.getByLabel(de.account.password, { exact: true }).waitFor();
  }, 90_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('asks for the password, and opens', async () => {
    expect(await faultsOf(ada)).toEqual(NONE);
    await ada.fill(de.account.password, PASSWORD);
    await ada.press(de.account.unlock);
    await ada.page
      .getByRole('button', { name: de.chats.menu })
      .or(ada.page.getByLabel(de.chat.write))
      .first()
      .waitFor();
  });

  it.each([
    ['/', () => de.account.create],
    ['/sign-in', () => de.account.signIn],
    ['/recover', () => de.account.recover],
    ['/link', () => de.linking.newTitle],
    ['/passkey', () => de.mfa.passkeySignIn],
  ])('before there is an account: %s', async (path, title) => {
    const stranger = await app.newPerson('stranger');
    await speakingGerman(stranger);
    await stranger.visit(path);
    await headed(stranger, title());
    expect(await faultsOf(stranger)).toEqual(NONE);
  });

  it.each<[string, () => string, string]>([
    ['the list of chats', () => '/', de.chats.title],
    ['the settings, with notifications', () => '/settings', de.notifications.title],
    ['contacts and reports', () => '/settings/contacts', de.reports.own],
    ['second factors', () => '/settings/second-factors', de.mfa.factors],
    ['security events', () => '/settings/security-events', de.securityEvents.title],
    ['devices', () => '/settings/devices', de.devices.own],
    ['linking a device', () => '/settings/devices/link', de.linking.oldTitle],
    ['administration', () => '/settings/admin', de.admin.users],
    ['an account, to admins', () => '/settings/admin/users/grace', de.allowance.title],
    ['security events, to admins', () => '/settings/admin/events', de.admin.events],
    ['the server, to admins', () => '/settings/admin/server', de.server.statistics],
    ['the details of a chat', () => `/chats/${direct}/people`, de.retention.title],
    ['the details of a group', () => `/chats/${group}/people`, de.retention.title],
    ['the files of a chat', () => `/chats/${direct}/files`, de.files.title],
  ])('%s', async (_what, path, title) => {
    await ada.visit(path());
    await headed(ada, title);
    await until(async () => (await ada.page.locator('[role=status]', { hasText: '…' }).count()) === 0, 'it is loaded');
    expect(await faultsOf(ada)).toEqual(NONE);
  });

  it('a chat', async () => {
    await ada.visit(`/chats/${direct}`);
    await ada.sees('Guten Morgen');
    expect(await faultsOf(ada)).toEqual(NONE);
    await ada.line('Guten Morgen').last().hover();
    await ada.line('Guten Morgen').last().getByRole('button', { name: de.chat.messageMenu }).click();
    await ada.page.getByRole('menuitem', { name: de.chat.reply }).waitFor();
    expect(await faultsOf(ada)).toEqual(NONE);
    await ada.page.keyboard.press('Escape');
  });

  it.each<[string, () => string, string]>([
    ['deleting the account', () => '/settings', de.deletion.title],
    ['changing the password', () => '/settings', de.security.changePassword],
    ['exporting', () => '/settings', de.backup.export],
    ['importing', () => '/settings', de.backup.import],
    ['an authenticator app', () => '/settings/second-factors', de.mfa.addTotp],
    ['suspending an account', () => '/settings/admin/users/grace', de.admin.suspend],
    ['inviting people', () => '/settings/admin/server', de.server.invite],
    ['announcing something', () => '/settings/admin/server', de.server.announce],
    ['reporting somebody', () => `/chats/${direct}/people`, de.reports.reportWho.replace('{name}', 'grace')],
    ['adding people to a group', () => `/chats/${group}/people`, de.people.add],
  ])('the window for %s', async (_what, path, button) => {
    await ada.visit(path());
    await ada.page.getByRole('button', { name: button, exact: true }).first().click();
    await dialog().getByRole('button').first().waitFor();
    expect(await faultsOf(ada)).toEqual(NONE);
    await closed();
  });

  it('a request to write', async () => {
    const eve = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await eve.register({ username: 'eve', password: PASSWORD });
    await app.relay.query(`UPDATE accounts SET privacy = 'contacts' WHERE username = $1`, [ada.username]);
    const { id } = await eve.conversations.direct(ada.username);
    await eve.close();
    await ada.visit(`/chats/${id}`);
    await ada.page.getByRole('button', { name: de.chat.accept }).waitFor();
    expect(await faultsOf(ada)).toEqual(NONE);
  });
});
