import type { CDPSession } from 'playwright-core';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { AuthenticatorApp, letFactorAge } from './second-factors.js';

/** Second factors in the web app: with an authenticator app, and with the passkeys of a browser that has an authenticator. */

/** An authenticator of the browser's own, which knows its user (WebDriver extension of WebAuthn Level 3 §11). */
async function addAuthenticator({ page }: Person): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  await session.send('WebAuthn.addVirtualAuthenticator', { options });
  return session;
}

describeInChromium('second factors in the web app', () => {
  let app: WebApp;
  let ada: Person;
  let phone: AuthenticatorApp;
  let codes: string[];

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await registered('ada.lovelace');
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(() => app.stop());

  // Passkeys are for names, and 127.0.0.1 is none.
  const url = (): string => app.relay.url.replace('127.0.0.1', 'localhost');

  async function registered(username: string): Promise<Person> {
    const person = await app.newPerson(username, url());
    await person.register();
    await person.keepRecoveryCode();
    await person.page.getByRole('button', { name: 'Menu' }).waitFor();
    return person;
  }

  async function openFactors(person: Person): Promise<void> {
    await person.visit('/settings');
    await person.page.getByRole('link', { name: 'Manage second factors' }).click();
    await person.page.getByRole('heading', { name: 'Beside your password' }).waitFor();
  }

  async function keepCodes(person: Person): Promise<string[]> {
    const shown = person.page.getByTestId('backup-codes').getByRole('listitem');
    await shown.first().waitFor();
    const kept = await shown.allInnerTexts();
    await person.page.getByRole('checkbox').check();
    await person.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    return kept;
  }

  async function signIn(person: Person): Promise<void> {
    await person.visit('/sign-in');
    await person.fill('Username', person.username);
    await person.enterPassword('Sign in');
  }

  it('are added as an authenticator app, by a code that the camera reads or the secret in it', async () => {
    await openFactors(ada);
    await ada.sees('Whoever knows your password can sign in');
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Add an authenticator app');
    await ada.enterPassword('Next');
    await ada.page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    phone = new AuthenticatorApp(app.relay, await ada.page.getByTestId('totp-secret').innerText());
    expect(await ada.obstacles()).toEqual([]);
    await ada.fill('The code that the app shows', phone.wrongCode());
    await ada.press('Confirm');
    await ada.sees('That is not right, or was used before.');
    await ada.fill('The code that the app shows', phone.code());
    await ada.press('Confirm');
    codes = await keepCodes(ada);
    expect(codes).toHaveLength(10);
    await ada.sees('10 are left for when you lose the others.');
    expect(await ada.obstacles()).toEqual([]);
  });

  it('are asked for when another browser signs in, until one is right', async () => {
    const other = await app.newPerson(ada.username, url());
    await signIn(other);
    await other.page.getByRole('dialog', { name: 'Second factor' }).waitFor();
    expect(await other.obstacles()).toEqual([]);
    await other.fill('Code', phone.wrongCode());
    await other.press('Confirm');
    await other.sees('That is not right, or was used before.');
    await other.fill('Code', phone.nextCode());
    await other.press('Confirm');
    await other.page.getByRole('button', { name: 'Menu' }).waitFor();
  });

  it('can be a backup code, and then the same does not do again', async () => {
    const [code = ''] = codes;
    const other = await app.newPerson(ada.username, url());
    await signIn(other);
    await other.fill('Code', code.toLowerCase());
    await other.press('Confirm');
    await other.page.getByRole('button', { name: 'Menu' }).waitFor();
    const third = await app.newPerson(ada.username, url());
    await signIn(third);
    await third.fill('Code', code);
    await third.press('Confirm');
    await third.sees('That is not right, or was used before.');
    await third.page.getByRole('dialog', { name: 'Second factor' }).getByRole('button', { name: 'Close' }).click();
    await third.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await third.page.getByRole('alert').count()).toBe(0);
  });

  it('are asked for over the window of what is sensitive, and that goes on', async () => {
    letFactorAge(app.relay);
    await openFactors(ada);
    await ada.press('Make new codes');
    await ada.fill('Password', PASSWORD);
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click();
    await ada.fill('Code', phone.nextCode());
    await ada.press('Confirm');
    codes = await keepCodes(ada);
    await ada.sees('10 are left for when you lose the others.');
  });

  it('can be a passkey, which signs in without name and code; the password opens what is kept', async () => {
    const grace = await registered('grace.hopper');
    const authenticator = await addAuthenticator(grace);
    await openFactors(grace);
    await grace.press('Add a passkey');
    await grace.fill('Name', 'This laptop');
    await grace.enterPassword('Next');
    await keepCodes(grace);
    await grace.sees('This laptop');

    await grace.visit('/settings');
    await grace.press('Sign out');
    await grace.press('Sign out and delete');
    await grace.page.getByRole('button', { name: 'Create account' }).waitFor();
    await grace.visit('/sign-in');
    await grace.page.getByRole('link', { name: 'Sign in with a passkey' }).click();
    expect(await grace.obstacles()).toEqual([]);
    await grace.press('Use a passkey');
    await grace.page.getByRole('heading', { name: 'Welcome back, grace.hopper' }).waitFor();
    expect(await grace.obstacles()).toEqual([]);
    await grace.unlock('not the password of hers');
    await grace.sees('That is not your password.');
    await grace.unlock();
    await grace.page.getByRole('button', { name: 'Menu' }).waitFor();
    await authenticator.detach();
  });

  it('can be a passkey beside the password', async () => {
    const hedy = await registered('hedy.lamarr');
    const authenticator = await addAuthenticator(hedy);
    await openFactors(hedy);
    await hedy.press('Add a passkey');
    await hedy.enterPassword('Next');
    await keepCodes(hedy);
    await hedy.visit('/settings');
    await hedy.press('Sign out');
    await hedy.press('Sign out and delete');
    await hedy.page.getByRole('button', { name: 'Create account' }).waitFor();
    await signIn(hedy);
    await hedy.page.getByRole('checkbox').check();
    await hedy.press('Use a passkey');
    await hedy.page.getByRole('button', { name: 'Menu' }).waitFor();
    await openFactors(hedy);
    await hedy.page.getByRole('heading', { name: 'Not asked on' }).waitFor();
    await hedy.page.getByRole('button', { name: /^Ask again on/ }).click();
    await hedy.page.getByRole('heading', { name: 'Not asked on' }).waitFor({ state: 'detached' });

    await hedy.page.getByRole('button', { name: /^Remove / }).click();
    await hedy.fill('Password', PASSWORD);
    await hedy.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await hedy.sees('Whoever knows your password can sign in');
    await authenticator.detach();
  });

  it('fit on a narrow screen', async () => {
    await openFactors(ada);
    await ada.page.setViewportSize({ width: 360, height: 740 });
    const width = await ada.page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
    expect(await ada.obstacles()).toEqual([]);
  });
});
