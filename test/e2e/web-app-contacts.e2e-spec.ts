import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** Who may write to somebody, in the web app: Ada has a browser, the others have other clients. */

describeInChromium('contacts in the web app', () => {
  let app: WebApp;
  let ada: Person;
  let [grace, mallory]: [Sealpost, Sealpost] = [undefined as never, undefined as never];

  const newClient = async (username: string): Promise<Sealpost> => {
    const client = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await client.register({ username, password: PASSWORD });
    return client;
  };
  const list = (name: string) => ada.page.getByRole('list', { name });
  const reads = (client: Sealpost, id: string, text: string): Promise<boolean> =>
    until(
      async () =>
        (await client.messages.history(id)).some(({ content }) => content?.kind === 'text' && content.text === text),
      `“${text}” has come`,
      20_000,
    );

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    await Promise.all([
      ada.register(),
      newClient('grace').then((client) => (grace = client)),
      newClient('mallory').then((client) => (mallory = client)),
    ]);
    await ada.keepRecoveryCode();
    await ada.page.getByRole('button', { name: 'Menu' }).waitFor();
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([grace, mallory].map((client) => client.close()));
    await app.stop();
  });

  it('are the only ones who may write at once, when somebody says so', async () => {
    await ada.page.getByRole('button', { name: 'Menu' }).click();
    await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
    await ada.page.getByRole('link', { name: 'Manage contacts' }).click();
    const privacy = ada.page.getByRole('combobox', { name: 'Who may write to you' });
    await privacy.and(ada.page.locator(':enabled')).waitFor();
    expect(await privacy.inputValue()).toBe('everyone');
    expect(await ada.obstacles()).toEqual([]);
    await privacy.selectOption({ label: 'Only contacts' });
    const kept = async (): Promise<boolean> => {
      const rows = await app.relay.query<{ privacy: string }>(
        `SELECT privacy FROM accounts WHERE username = 'ada.lovelace'`,
      );
      return rows[0]?.privacy === 'contacts';
    };
    await until(kept, 'the relay knows it', 10_000);
  });

  it('are asked about before anything is heard of them, and can be let in', async () => {
    const { id } = await grace.conversations.direct(ada.username);
    await grace.messages.send(id, 'Good morning');
    const line = ada.page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: /grace/ });
    await line.getByText('Wants to write to you').waitFor();
    expect(await ada.page.getByText('Good morning').count()).toBe(0);
    await line.click();
    await ada.sees('grace wants to write to you.');
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Accept');
    await ada.page.getByLabel('Write a message').waitFor();
    await ada.write('Good evening');
    await reads(grace, id, 'Good evening');
    await grace.messages.send(id, 'At last');
    await ada.reads('At last');
  });

  it('can be declined and blocked at once, and let in again', async () => {
    await mallory.conversations.direct(ada.username);
    await ada.openChat('mallory');
    await ada.press('Decline and block');
    await ada.page.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' });
    await ada.visit('/settings/contacts');
    await list('Blocked').getByText('mallory').waitFor();
    await list('Contacts').getByText('grace').waitFor();
    await expect(mallory.conversations.direct(ada.username)).rejects.toMatchObject({ code: 'not_found' });
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Unblock mallory');
    await list('Blocked').getByText('mallory').waitFor({ state: 'detached' });
    await ada.fill('Username', 'mallory');
    await ada.press('Add contact');
    await list('Contacts').getByText('mallory').waitFor();
  });

  it('who are blocked say nothing in a group, unless somebody wants to see it', async () => {
    const { id } = await grace.conversations.group([ada.username, 'mallory'], { title: 'Engines' });
    await until(async () => (await mallory.conversations.list()).some((one) => one.id === id), 'mallory is in', 20_000);
    await ada.openChat('Engines');
    await ada.page.getByLabel('Write a message').waitFor();
    await ada.visit(`/chats/${id}/people`);
    await ada.page.getByRole('button', { name: 'Options for mallory' }).click();
    await ada.page.getByRole('menuitem', { name: 'Block' }).click();
    await ada.sees('Block mallory?');
    await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click();
    await ada.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await until(async () => (await mallory.conversations.get(id)).isReady, 'mallory can write', 20_000);
    await mallory.messages.send(id, 'Look at me');
    await ada.visit(`/chats/${id}`);
    await ada.sees('Written by somebody you have blocked.');
    expect(await ada.page.getByText('Look at me').count()).toBe(0);
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.getByRole('log').getByRole('button', { name: 'Show', exact: true }).click();
    await ada.reads('Look at me');
  });
});
