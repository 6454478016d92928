import { readFile } from 'node:fs/promises';
import { AUDIT_EVENT_KINDS } from '#protocol';
import { call } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { type Person, WebApp } from '../browser/web-app.js';
import { writeCounts } from './audit-log.js';
import { secret } from './signing-in.js';

/** What somebody sees of their own security events. */

/** Kinds that are of no account: `relay_restored` and `retention_run`. */
const OF_NOBODY = 2;

describeInChromium('security events in the web app', () => {
  let app: WebApp;
  let ada: Person;

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    await ada.register();
    await ada.keepRecoveryCode();
    await ada.page.getByRole('button', { name: 'Menu' }).waitFor();
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(() => app.stop());

  const lines = (): Promise<string[]> => ada.page.locator('.session .person-name').allInnerTexts();

  /** Whatever the relay may put down about somebody. */
  async function putDown(...events: (readonly [kind: string, count: number | null])[]): Promise<void> {
    for (const [kind, count] of events)
      await app.relay.query(
        `SELECT append_audit_event(now(), $1, 'owner', (SELECT id FROM accounts WHERE username = 'ada.lovelace'), NULL, NULL, NULL, $2)`,
        [kind, count],
      );
  }

  it('are found in the settings, in plain words, with the device and the time', async () => {
    const login = { username: ada.username, authKey: secret(), device: { name: 'a stranger' } };
    for (let n = 0; n < 3; n++) await call(app.relay, 'POST', '/v1/auth/login', { body: login });
    await writeCounts(app.relay);
    await ada.visit('/settings');
    await ada.page.getByRole('link', { name: 'Show security events' }).click();
    await ada.sees('3 sign-ins failed');
    const shown = await lines();
    expect(shown[0]).toContain('3 sign-ins failed');
    expect(shown.at(-1)).toBe('The account was made');
    expect(shown).toContain('The key of your account was made');
    await ada.page.getByRole('img', { name: 'Have a look' }).waitFor();
    await ada.page
      .getByText(/from: .*Chrom/)
      .first()
      .waitFor();
    expect(await ada.obstacles()).toEqual([]);
  });

  it('are saved as a file, a line each, as the relay has them', async () => {
    const download = ada.page.waitForEvent('download');
    await ada.press('Save all as a file');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^sealpost-security-\d{4}-\d\d-\d\d\.ndjson$/);
    const kinds = (await readFile(await file.path(), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['account_registered', 'sign_in_failed']);
  });

  it('fit on a narrow screen', async () => {
    await ada.page.setViewportSize({ width: 360, height: 740 });
    const width = await ada.page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('come with earlier ones when they are asked for', async () => {
    await putDown(...Array.from({ length: 201 }, () => ['signed_out', null] as const));
    await ada.visit('/settings');
    await ada.page.getByRole('link', { name: 'Show security events' }).click();
    await ada.sees('Signed out');
    expect(await lines()).toHaveLength(200);
    await ada.press('Show earlier ones');
    await ada.sees('The account was made');
    expect((await lines()).length).toBeGreaterThan(201);
    expect(await ada.page.getByRole('button', { name: 'Show earlier ones' }).count()).toBe(0);
  });

  it('all have words, in both languages, and so has what this version does not know', async () => {
    await putDown(...AUDIT_EVENT_KINDS.map((kind) => [kind, 2] as const), ['made_up_later', null]);
    await ada.visit('/settings');
    await ada.page.getByRole('link', { name: 'Show security events' }).click();
    await ada.sees('Something that this version of the app does not know');
    const english = (await lines()).slice(0, AUDIT_EVENT_KINDS.length + 1);
    // What is about nobody is nobody's to see, and has no words.
    const known = english.filter((line) => !line.includes('does not know'));
    expect(known).toHaveLength(AUDIT_EVENT_KINDS.length - OF_NOBODY);
    expect(new Set(known).size).toBe(known.length);
    await ada.visit('/settings');
    await ada.page.getByLabel('Language').selectOption('de');
    await ada.page.getByRole('link', { name: 'Sicherheitsereignisse zeigen' }).click();
    await ada.sees('Etwas, das diese Version der App nicht kennt');
    const german = (await lines()).slice(0, AUDIT_EVENT_KINDS.length + 1);
    expect(german.filter((line) => english.includes(line))).toEqual([]);
    expect(german.filter((line) => line.includes('nicht kennt'))).toHaveLength(OF_NOBODY + 1);
    expect(await ada.obstacles()).toEqual([]);
  });
});
