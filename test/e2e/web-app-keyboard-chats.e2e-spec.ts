import './cheap-argon2.js';
import type { Locator } from 'playwright-core';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { ByKeys } from '../browser/by-keys.js';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** Chats without a mouse: Ada has a browser and a keyboard, Grace and Alan other clients. */

describeInChromium('a chat of the web app, by keys alone,', () => {
  let app: WebApp;
  let ada: Person;
  let keys: ByKeys;
  let grace: Sealpost;
  let alan: Sealpost;
  let chat: string;

  const newClient = async (username: string): Promise<Sealpost> => {
    const client = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await client.register({ username, password: PASSWORD });
    return client;
  };
  const writes = async (text: string): Promise<void> => {
    await keys.to('Write a message');
    await ada.page.keyboard.type(text);
    await ada.page.keyboard.press('Enter');
    await ada.reads(text);
  };
  const optionsOf = (text: string): Locator => ada.line(text).last().getByRole('button', { name: 'Message options' });
  const tab = (name: string): Locator => ada.page.getByRole('tab', { name });
  const chatOf = (name: string): Locator =>
    ada.page
      .getByRole('navigation', { name: 'Conversations' })
      .getByRole('link', { name: new RegExp(`\\b${name}\\b`) });

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    keys = await ByKeys.of(ada);
    await ada.register();
    [grace, alan] = await Promise.all([newClient('grace'), newClient('alan'), ada.keepRecoveryCode()]);
    await ada.sees('No chats yet');
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([grace, alan].map((client) => client.close()));
    await app.stop();
  });

  it('is begun, and written in', async () => {
    await keys.openAndLeaveDialog('New chat', 'New chat');
    await keys.press('New chat');
    await keys.isAt('Username');
    await ada.page.keyboard.type('grace');
    await ada.page.keyboard.press('Enter');
    await keys.isAt('Write a message');
    await writes('Good morning');
    chat = await until(async () => (await grace.conversations.list())[0]?.id, 'Grace has the chat', 20_000);
    await grace.messages.send(chat, 'The compiler works');
    await ada.reads('The compiler works');
  });

  it('has answers, which lead to what they answer', async () => {
    await keys.to(optionsOf('The compiler works'), 'Shift+Tab');
    await keys.openAndLeaveMenu(optionsOf('The compiler works'));
    await keys.choose(optionsOf('The compiler works'), 'Reply');
    await keys.isAt('Write a message');
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('button', { name: 'Do not reply' }).waitFor({ state: 'detached' });
    await keys.isAt('Write a message');
    await keys.to(optionsOf('The compiler works'), 'Shift+Tab');
    await keys.choose(optionsOf('The compiler works'), 'Reply');
    await keys.isAt('Write a message');
    await writes('Show me');
    await keys.to(ada.line('Show me').getByRole('button', { name: /In reply to/ }), 'Shift+Tab');
    await ada.page.keyboard.press('Enter');
    await ada.page.locator('.line-found').getByText('The compiler works').waitFor();
  });

  it('has reactions', async () => {
    await keys.choose(optionsOf('The compiler works'), 'React with 👍');
    await keys.isAt(optionsOf('The compiler works'));
    await keys.press('👍 from You');
    await ada.page.getByRole('button', { name: '👍 from You' }).waitFor({ state: 'detached' });
    await keys.isSomewhere();
  });

  it('says how far a message has come, and loses it for everybody', async () => {
    await writes('Not so fast');
    await keys.to(optionsOf('Not so fast'), 'Shift+Tab');
    await keys.choose(optionsOf('Not so fast'), 'Message info');
    await keys.leavesDialog('Message info', optionsOf('Not so fast'));
    await keys.choose(optionsOf('Not so fast'), 'Delete for everyone');
    await keys.leavesDialog(/^Delete this message/, optionsOf('Not so fast'));
    await keys.choose(optionsOf('Not so fast'), 'Delete for everyone');
    await keys.press((await keys.isInDialog(/^Delete this message/)).getByText('Delete for everyone'));
    await ada.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await ada.sees('This message was deleted');
    await keys.isSomewhere();
  });

  it('is searched, and what was found is shown each time that it is chosen', async () => {
    await ada.page.keyboard.press('Control+k');
    await ada.page.keyboard.type('compiler');
    const found = ada.page.getByRole('link', { name: /The compiler works/ });
    await keys.press(found);
    await until(() => ada.isShownWhereFound(), 'it is shown', 20_000);
    await until(async () => !(await ada.isShownWhereFound()), 'that is over', 20_000);
    await keys.to(found);
    await ada.page.keyboard.press('Enter');
    await until(() => ada.isShownWhereFound(), 'it is shown once more', 20_000);
    await keys.press('Clear search');
    await keys.isSomewhere();
  });

  it('shows the safety number of somebody, who is verified by it', async () => {
    await keys.press(/^Details of/);
    await keys.press(ada.page.locator('.people').getByRole('link', { name: /grace/ }));
    await ada.page.locator('.digits').waitFor();
    await keys.press('They match');
    await ada.sees('You have marked grace as verified.');
    await keys.press('Not verified any more');
    await ada.sees('Not compared yet.');
    await keys.press(ada.page.getByRole('main').getByRole('link', { name: 'Back' }));
    await ada.page.getByRole('heading', { name: 'Details' }).waitFor();
    await keys.openAndLeaveDialog('Block', /^Block grace/);
  });

  it('is made by a group, with those who are to be in it', async () => {
    await keys.press('New chat');
    await keys.isAt('Username');
    await keys.to(tab('One person'), 'Shift+Tab');
    await ada.page.keyboard.press('ArrowRight');
    await keys.isAt(tab('Group'));
    await ada.page.keyboard.press('Enter');
    await keys.fill('Name of the group', 'Tea');
    await keys.fill('Usernames', 'grace alan');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('log', { name: 'Messages with Tea' }).waitFor();
    await keys.isAt('Write a message');
    await writes('At four');
  });

  it('of a group has details, which its owner changes', async () => {
    const options = 'Options for alan';
    const ofAlan = ada.page.locator('.person', { hasText: 'alan' });
    await keys.press(/^Details of/);
    await keys.openAndLeaveDialog('Rename group', 'Rename group');
    await keys.press('Rename group');
    await keys.fill('Name of the group', 'Coffee');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('heading', { name: 'Coffee' }).waitFor();
    await keys.isAt('Rename group');
    await keys.openAndLeaveMenu(options);
    await keys.choose(options, 'Make admin');
    await ofAlan.getByText('Admin').waitFor();
    await keys.choose(options, 'Make owner');
    await keys.leavesDialog(/^Hand the group over/, options);
    await keys.choose(options, 'Remove from group');
    await keys.press((await keys.isInDialog('Remove alan?')).getByRole('button', { name: 'Remove from group' }));
    await ofAlan.waitFor({ state: 'detached' });
    await keys.isSomewhere();
    await keys.openAndLeaveDialog('Add people', 'Add people');
    await keys.press('Add people');
    await keys.fill('Usernames', 'alan');
    await ada.page.keyboard.press('Enter');
    await ofAlan.waitFor();
    await keys.isAt('Add people');
  });

  it('has messages that disappear, and is left', async () => {
    await keys.select('Disappearing messages', '4 weeks');
    await keys.openAndLeaveDialog('Leave group', 'Leave this group?');
    await keys.press(chatOf('Coffee'));
    await ada.sees('You set new messages to disappear after 4 weeks');
    await keys.press(/^Details of/);
    await keys.press('Leave group');
    await keys.press((await keys.isInDialog('Leave this group?')).getByRole('button', { name: 'Leave group' }));
    await ada.sees('You are no longer in this chat. What you have read stays here.');
    await keys.isSomewhere();
  });
});
