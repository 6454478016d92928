import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { type Person, WebApp } from '../browser/web-app.js';

/** What a chat of the web app shows, and what can be done in one: Ada has a browser, Grace and Alan other clients. */

const PASSWORD = 'correct horse battery staple';

describeInChromium('a chat of the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let alan: Sealpost;
  let chat: string;

  const newClient = async (username: string): Promise<Sealpost> => {
    const client = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await client.register({ username, password: PASSWORD });
    return client;
  };
  const reads = async (client: Sealpost, id: string, text: string): Promise<void> => {
    const isThere = async (): Promise<boolean> =>
      (await client.messages.history(id)).some(({ content }) => content?.kind === 'text' && content.text === text);
    await until(isThere, `a client reads “${text}”`, 20_000);
  };

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    await Promise.all([ada.register(), newClient('grace').then((client) => (grace = client))]);
    [alan] = await Promise.all([newClient('alan'), ada.keepRecoveryCode()]);
    ({ id: chat } = await grace.conversations.direct(ada.username));
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([grace, alan].map((client) => client.close()));
    await app.stop();
  });

  it('says who types, how much is unread, and where that begins', async () => {
    await grace.messages.send(chat, 'Good morning');
    await ada.sees('Good morning');
    await grace.conversations.typing(chat, true);
    await ada.sees('typing …');
    await grace.messages.send(chat, 'The compiler works');
    await ada.page.getByLabel('2 unread messages').waitFor();
    await ada.openChat('grace');
    await ada.reads('The compiler works');
    await ada.sees('New messages');
    await ada.page.getByLabel('2 unread messages').waitFor({ state: 'detached' });
  });

  it('shows how far a message has come, and with whom', async () => {
    await ada.write('Which one?');
    await ada.line('Which one?').getByLabel('Delivered').waitFor();
    await reads(grace, chat, 'Which one?');
    await grace.receipts.markRead(chat);
    await ada.line('Which one?').getByLabel('Read').waitFor();
    await ada.chooseOf('Which one?', 'Message info');
    await ada.page.getByRole('dialog').getByText('Read', { exact: true }).waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Close');
  });

  it('has reactions, one of each person, that can be taken back', async () => {
    const emoji = async (): Promise<string[]> => {
      const messages = await grace.messages.history(chat);
      return messages.flatMap(({ reactions = [] }) => reactions.map((reaction) => reaction.emoji));
    };
    await ada.chooseOf('The compiler works', 'React with 👍');
    await ada.page.getByRole('button', { name: '👍 from You' }).waitFor();
    await until(async () => (await emoji()).includes('👍'), 'Grace has it', 20_000);
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.getByRole('button', { name: '👍 from You' }).click();
    await ada.page.getByRole('button', { name: '👍 from You' }).waitFor({ state: 'detached' });
    await until(async () => (await emoji()).length === 0, 'Grace has it no more', 20_000);
  });

  it('quotes what is answered, and leads there', async () => {
    await ada.chooseOf('The compiler works', 'Reply');
    await ada.write('Show me');
    await reads(grace, chat, 'Show me');
    await ada
      .line('Show me')
      .getByRole('button', { name: /In reply to.*The compiler works/ })
      .click();
    await ada.page.locator('.line-found').getByText('The compiler works').waitFor();
    expect(await ada.obstacles()).toEqual([]);
  });

  it('loses a message for everybody, when its writer says so', async () => {
    await ada.write('Not so fast');
    await reads(grace, chat, 'Not so fast');
    await ada.chooseOf('Not so fast', 'Delete for everyone');
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Delete for everyone' }).click();
    await ada.sees('This message was deleted');
    const isGone = async (): Promise<boolean> =>
      (await grace.messages.history(chat)).some(({ unreadable }) => unreadable === 'deleted');
    await until(isGone, 'it is gone at Grace’s', 20_000);
  });

  it('stops where a verified key has changed, and goes on once its reader has decided', async () => {
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    await ada.page.locator('.people').getByRole('link', { name: /grace/ }).click();
    await ada.press('They match');
    await ada.sees('You have marked grace as verified.');
    await ada.openChat('grace');
    await ada.page.getByRole('img', { name: 'Verified' }).first().waitFor();
    await grace.rotateIdentity(PASSWORD);
    await ada.sees('The safety number with grace has changed');
    expect(await ada.page.getByLabel('Write a message').count()).toBe(0);
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Go on without comparing');
    await ada.page.getByLabel('Write a message').waitFor();
  });

  it('of a group lets its owner name it, give roles, remove, add, and leave', async () => {
    await ada.page.getByRole('button', { name: 'New chat' }).click();
    await ada.page.getByRole('tab', { name: 'Group' }).click();
    await ada.fill('Name of the group', 'Tea');
    await ada.fill('Usernames', 'alan');
    await ada.press('Create group');
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    await ada.press('Rename group');
    await ada.fill('Name of the group', 'Coffee');
    await ada.press('Rename');
    await ada.page.getByRole('heading', { name: 'Coffee' }).waitFor();
    await ada.press('Options for alan');
    await ada.page.getByRole('menuitem', { name: 'Make admin' }).click();
    await ada.page.locator('.person', { hasText: 'alan' }).getByText('Admin').waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Options for alan');
    await ada.page.getByRole('menuitem', { name: 'Remove from group' }).click();
    await ada.press('Remove from group');
    await ada.page.locator('.person', { hasText: 'alan' }).waitFor({ state: 'detached' });
    await ada.press('Add people');
    expect(await ada.obstacles()).toEqual([]);
    await ada.fill('Usernames', 'alan');
    await ada.press('Add');
    await ada.page.locator('.person', { hasText: 'alan' }).waitFor();
    await ada.press('Leave group');
    await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Leave group' }).click();
    await ada.sees('You are no longer in this chat. What you have read stays here.');
  });
});
