import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { type Canary, found, hatch } from '../blindness/canary.js';
import { describeInChromium } from '../browser/chromium.js';
import { Probe, WorkerProbe } from '../browser/probe.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** What is left of an account in a browser: while it is locked, when it is signed out, and when the browser is another one. */

const secret = (text: string): Canary => ({ bytes: Buffer.from(text), text });

describeInChromium('a browser with the web app', () => {
  const canaries = { written: hatch(), read: hatch(), title: hatch(), draft: hatch() };
  const asked: string[] = [];
  const answered: Promise<string>[] = [];
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;
  let recoveryCode: string;
  let probe: Probe;
  let inWorker: WorkerProbe;

  /** As browsers answer that are asked to keep what is stored. */
  const answeringPersist = async (person: Person, isKept: boolean): Promise<void> => {
    await person.page.addInitScript((answer) => {
      const calls: string[] = [];
      Object.defineProperty(globalThis, 'persistCalls', { value: calls });
      const { storage } = navigator as unknown as { storage: { persist: () => Promise<boolean> } };
      storage.persist = () => {
        calls.push('persist');
        return Promise.resolve(answer);
      };
    }, isKept);
  };
  const stored = async (): Promise<string> => (await probe.run('everythingStored')) as string;
  const places = async (): Promise<string[]> => (await probe.run('placesStored')) as string[];
  const persistCalls = (person: Person): Promise<number> =>
    person.page.evaluate(() => (globalThis as unknown as { persistCalls: string[] }).persistCalls.length);

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    const { page } = ada;
    page.context().on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url()));
    page.on('response', (response) =>
      answered.push(
        response.text().then(
          (text) => `${text}${JSON.stringify(response.headers())}`,
          () => '',
        ),
      ),
    );
    await answeringPersist(ada, false);
    probe = await Probe.put(page);
    await page.getByRole('heading', { name: 'Create account' }).waitFor();
    inWorker = await WorkerProbe.put(page.workers()[0]!);
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('is asked to keep what is stored, and its refusal is told, before anything else can be done (C-67)', async () => {
    await ada.page.getByTestId('recovery-code').waitFor();
    expect(await persistCalls(ada)).toBeGreaterThan(0);
    await ada.sees(/This browser may delete your messages/);
    await ada.visit('/settings');
    await ada.page.getByRole('button', { name: 'Continue' }).waitFor();
    expect(await ada.page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    recoveryCode = await ada.keepRecoveryCode();
    await ada.page.getByRole('heading', { name: 'Settings' }).waitFor();
    await ada.sees(/This browser may delete your messages/);
  });

  it('that promises to keep it says so (C-67)', async () => {
    const alan = await app.newPerson('alan.turing');
    await answeringPersist(alan, true);
    await alan.page.reload();
    await alan.register();
    await alan.sees('This browser keeps your messages until you sign out.');
    expect(await persistCalls(alan)).toBe(1);
  });

  it('asks its relay and nobody else, in a whole session (C-65)', async () => {
    ({ id: chat } = await grace.conversations.group([ada.username], { title: canaries.title.text }));
    await ada.page.goto(app.relay.url);
    await ada.sees(/Welcome back/);
    inWorker = await WorkerProbe.put(ada.page.workers()[0]!);
    await ada.unlock();
    await ada.openChat(canaries.title.text);
    await grace.messages.send(chat, `https://example.com/ ${canaries.read.text}`);
    await ada.reads(`https://example.com/ ${canaries.read.text}`);
    await ada.write(canaries.written.text);
    await ada.reads(canaries.written.text);
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    await ada.page.getByRole('heading', { name: 'Details' }).waitFor();
    await ada.openChat(canaries.title.text);
    await ada.fill('Write a message', canaries.draft.text);
    const hosts = new Set(asked.filter((url) => !url.startsWith('blob:')).map((url) => new URL(url).host));
    expect([...hosts]).toEqual([new URL(app.relay.url).host]);
    expect(asked.some((url) => url.startsWith('ws:'))).toBe(true);
    expect(asked.some((url) => url.includes('/v1/'))).toBe(true);
    // What is asked of others would have been noticed.
    await probe.run('askElsewhere', 'http://127.0.0.1:9/elsewhere.png');
    await until(async () => asked.some((url) => url.endsWith('/elsewhere.png')), 'the log has it');
    app.takeComplaints();
  });

  it('has the refresh token in a cookie that no script can read, and shows it in no answer (C-17)', async () => {
    const cookies = await ada.page.context().cookies();
    expect(cookies).toEqual([
      expect.objectContaining({
        name: '__Host-sealpost-refresh',
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
      }),
    ]);
    const { value } = cookies[0]!;
    expect(value).toMatch(/^[\w-]{43}$/);
    expect(await probe.run('cookies')).toBe('');
    const answers = await Promise.all(answered);
    expect(answers.filter((text) => text !== '').length).toBeGreaterThan(20);
    // Set-Cookie itself is not among the headers that scripts, or this list, are shown.
    expect(answers.filter((text) => text.replaceAll(/"set-cookie":"[^"]*"/g, '').includes(value))).toEqual([]);
  });

  it('gives no key away that it works with, not even to a script in its worker (C-63)', async () => {
    const outcomes = (await inWorker.run('exportedKeys')) as string[];
    expect(outcomes).toEqual(
      expect.arrayContaining([
        'deriveKey AES-GCM encrypt decrypt: kept',
        'importKey HKDF deriveKey: kept',
        'importKey Ed25519 sign: kept',
      ]),
    );
    // Of one message to one key, by HPKE: worth no more than that message, which the script has anyway.
    const ofOneMessage = ['importKey AES-GCM encrypt decrypt: exported'];
    expect(outcomes.filter((one) => one.endsWith('exported') && !ofOneMessage.includes(one))).toEqual([]);
    expect(await stored()).not.toContain('CryptoKey');
  });

  it('has neither plaintext nor keys stored while it is locked (C-64)', async () => {
    const keys = (await inWorker.run('secretKeys')) as string[];
    await ada.page.getByRole('button', { name: 'Menu' }).click();
    await ada.page.getByRole('menuitem', { name: 'Lock' }).click();
    await ada.sees(/Welcome back/);
    const secrets = [secret(PASSWORD), secret(recoveryCode), secret(recoveryCode.replaceAll(/\W/g, ''))];
    const distinct = [...new Set(keys)].map((hex) => Buffer.from(hex, 'hex'));
    const ofKeys = distinct.filter((key) => key.length >= 16).map((bytes) => ({ bytes, text: bytes.toString('hex') }));
    expect(ofKeys.length).toBeGreaterThanOrEqual(10);
    const all = await stored();
    expect(all.length).toBeGreaterThan(10_000);
    expect(found([...Object.values(canaries), ...secrets, ...ofKeys], all)).toEqual([]);
    expect(await ada.page.content()).not.toContain(canaries.draft.text);
    // What lies there in plain would have been found.
    const [key] = ofKeys;
    await ada.page.evaluate((text) => localStorage.setItem('planted', text), key!.bytes.toString('base64'));
    expect(found([...Object.values(canaries), key!], await stored())).toEqual([key]);
    await ada.page.evaluate(() => localStorage.removeItem('planted'));
  });

  it('has nothing left at all when it is signed out, of the app neither (C-64)', async () => {
    await ada.unlock();
    await ada.page.getByRole('button', { name: 'Menu' }).click();
    await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
    await ada.page.getByLabel('Theme').selectOption('Dark');
    const before = (await places()).map((place) => place.split(' ')[0]);
    expect(new Set(before)).toEqual(new Set(['database', 'local', 'cache', 'service']));
    await ada.press('Sign out');
    await ada.press('Sign out and delete');
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
    // The app opens its store anew, which is empty.
    expect((await places()).filter((place) => place !== 'database sealpost')).toEqual([]);
    expect(found(Object.values(canaries), await stored())).toEqual([]);
    expect(await ada.page.context().cookies()).toEqual([]);
  });

  it('that is a clean one has the account again by its recovery code, and is written to there (C-67)', async () => {
    const restored = await app.newPerson(ada.username, `${app.relay.url}/recover`);
    await restored.fill('Username', ada.username);
    await restored.fill('Recovery code', recoveryCode);
    await restored.fill('New password', PASSWORD);
    await restored.press('Use a recovery code');
    expect(await restored.keepRecoveryCode()).not.toBe(recoveryCode);
    // What the group is called comes with the next word of somebody who knows.
    await restored.openChat('grace');
    await grace.messages.send(chat, 'welcome back');
    await restored.reads('welcome back');
    await restored.write('I am');
    await restored.reads('I am');
  });
});
