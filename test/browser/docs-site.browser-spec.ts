import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describeInChromium, executablePath, FLAGS } from './chromium.js';

/** The site of docs/ as it was built, in the browser. */

const root = resolve(__dirname, '../..');
const SITE = join(root, 'dist/docs');
const ORIGIN = 'http://docs.test';
/** Light and wide, and dark and narrow, by turns: the threat model has the widest table. */
const PAGES = [
  '/',
  '/threat-model.html',
  '/api/auth.html',
  '/events/from-clients.html',
  '/reference/sdk/classes/Sealpost.html',
];
const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

interface Visit {
  readonly page: Page;
  /** Errors of the page, refusals by its policy, and requests that found no file of the site. */
  readonly complaints: string[];
}

describeInChromium('the docs site', () => {
  let browser: Browser;

  beforeAll(async () => {
    // `npm test` has built it by then.
    if (!existsSync(join(SITE, 'index.html')))
      execFileSync(process.execPath, ['scripts/docs/build.mjs'], { cwd: root });
    browser = await chromium.launch({ executablePath: executablePath ?? '', chromiumSandbox: false, args: FLAGS });
  }, 300_000);
  afterAll(() => browser.close());

  /** Every request is answered from the built files, and a foreign one by nobody. */
  async function visit(path: string, look: (typeof LOOKS)[number] = LOOKS[0]): Promise<Visit> {
    const page = await browser.newPage(look);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.route('**/*', async (route) => {
      const { origin, pathname } = new URL(route.request().url());
      const file = fileAt(decodeURIComponent(pathname));
      if (origin === ORIGIN && file !== undefined) return route.fulfill({ path: file });
      complaints.push(`there is no ${route.request().url()}`);
      return route.abort();
    });
    await page.goto(`${ORIGIN}${path}`);
    // Set when the page has become alive.
    await page.waitForFunction("'__vue_app__' in document.querySelector('#app')");
    return { page, complaints };
  }

  function fileAt(pathname: string): string | undefined {
    const paths = [pathname, `${pathname}index.html`, `${pathname}.html`].map((path) => join(SITE, path));
    return paths.find((path) => existsSync(path) && statSync(path).isFile());
  }

  const shown = PAGES.map((path, place) => [path, LOOKS[place % 2]!.viewport.width, LOOKS[place % 2]!] as const);
  it.each(shown)('shows %s at %i pixels, keeps to its policy, and is no wider', async (path, width, look) => {
    const { page, complaints } = await visit(path, look);
    expect(await page.locator('h1').first().innerText()).not.toBe('');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.evaluate("document.documentElement.classList.contains('dark')")).toBe(
      look.colorScheme === 'dark',
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('refuses a script and a style that the build did not write', async () => {
    const { page, complaints } = await visit('/threat-model.html');
    await page.evaluate(`
      document.head.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = true' }));
      document.body.insertAdjacentHTML('beforeend', '<p style="color: red" onclick="0">x</p>');
    `);
    expect(await page.evaluate("'ran' in globalThis")).toBe(false);
    expect(complaints.join()).toMatch(/script-src[\s\S]*style-src/);
    await page.close();
  });

  it('finds what is looked for, without asking anybody else', async () => {
    const { page, complaints } = await visit('/');
    await page.keyboard.press('Control+k');
    await page.locator('#localsearch-input').fill('safety number');
    await page.locator('.results a', { hasText: 'Concepts' }).first().click();
    await page.waitForURL(`${ORIGIN}/concepts.html*`);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
