import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** What stands in a chat without anybody having written it, and what goes from there by itself. */

describeInChromium('the timeline of the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;

  const notes = (): Promise<string[]> => ada.page.locator('.line-note .note').allInnerTexts();
  const showsLast = (...last: string[]): Promise<boolean> =>
    until(
      async () => String((await notes()).slice(-last.length).map((text) => text.trim())) === String(last),
      `the chat ends with ${last.join(', ')}`,
      20_000,
    );

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('of a group says once who came, was given a role, named it, and left', async () => {
    const { id } = await grace.conversations.group([ada.username], { title: 'Tea' });
    await ada.openChat('Tea');
    await showsLast('grace added you', 'grace named the group “Tea”');
    await grace.conversations.giveRole(id, ada.username, 'admin');
    await showsLast('grace made you an admin');
    await grace.conversations.rename(id, 'Coffee');
    await showsLast('grace named the group “Coffee”');
    await grace.conversations.leave(id);
    await showsLast('grace left', 'You are now the owner');
    expect((await notes()).filter((text) => text.includes('added'))).toHaveLength(1);
    expect(await ada.obstacles()).toEqual([]);
  });

  it('has messages that disappear, after the time that was chosen in its details', async () => {
    const { id } = await grace.conversations.direct(ada.username);
    await ada.openChat('grace');
    await grace.conversations.setLifetime(id, 3);
    await showsLast('grace set new messages to disappear after 3 seconds');
    await ada.write('Not for long');
    await ada.line('Not for long').getByLabel('Disappears').waitFor();
    await ada.page.getByText('Not for long').first().waitFor({ state: 'detached' });
    await showsLast('1 message has expired');
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.getByLabel('Disappearing messages').selectOption('4 weeks');
    const isKnown = async (): Promise<boolean> => (await grace.conversations.get(id)).lifetimeSeconds === 28 * 86_400;
    await until(isKnown, 'Grace has the new time', 20_000);
    await ada.openChat('grace');
    await showsLast('You set new messages to disappear after 4 weeks');
  });

  it('has a time for which the server keeps messages, which its details show and change', async () => {
    const { id } = await grace.conversations.direct(ada.username);
    await ada.openChat('grace');
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    const time = ada.page.getByLabel('Kept on the server');
    const delivered = ada.page.getByRole('checkbox', { name: 'Delete messages that all devices have' });
    expect([await time.inputValue(), await delivered.isChecked()]).toEqual(['forever', false]);
    await ada.page.getByText('No sooner than 1 day after they were sent.').waitFor();
    await time.selectOption('1 week');
    const isKnown = async (expireAfterSeconds: number | null, afterDelivery: boolean): Promise<boolean> => {
      const { retention } = await grace.conversations.get(id);
      return retention.expireAfterSeconds === expireAfterSeconds && retention.afterDelivery === afterDelivery;
    };
    await until(() => isKnown(7 * 86_400, false), 'Grace has the new time', 20_000);
    await delivered.click();
    await until(() => isKnown(7 * 86_400, true), 'Grace knows what becomes of what is delivered', 20_000);
    expect(await ada.obstacles()).toEqual([]);
    await grace.conversations.setRetention(id, { expireAfterSeconds: null, afterDelivery: false });
    await until(async () => (await time.inputValue()) === 'forever', 'the details show what Grace has chosen', 20_000);
    expect(await delivered.isChecked()).toBe(false);
  });

  it('lets only the owner and admins of a group change that', async () => {
    await grace.conversations.group([ada.username], { title: 'Closed' });
    await ada.openChat('Closed');
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    expect(await ada.page.getByLabel('Kept on the server').isDisabled()).toBe(true);
    expect(await ada.page.getByRole('checkbox', { name: 'Delete messages that all devices have' }).isDisabled()).toBe(
      true,
    );
  });
});
