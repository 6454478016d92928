import { existsSync } from 'node:fs';
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#testing';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { PageSite, type Scripts } from './page-site.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export const executablePath = PLACES.find((path) => existsSync(path));

/** A `describe` of what needs the browser. Without one it is skipped and says so; in CI that is a failure. */
export const describeInChromium: (title: string, tests: () => void) => void =
  executablePath === undefined
    ? (title, tests) => describe.skip(`${title} (there is no Chromium here: apt-get install chromium)`, tests)
    : describe;

/**
 * The real browser, on a page of our own under the web app's content security policy. Its profile is on disk: in a context
 * without one, storage would be in memory only.
 *
 * ```ts
 * const browser = await Chromium.start('test/browser/pages/store.page.ts');
 * const tab = await browser.openTab();
 * expect(await tab.run('add', [1, 2])).toBe(3);   // what the page has offered: `offer({ add: ([a, b]) => a + b })`
 * await browser.stop();
 * ```
 */
export class Chromium {
  private context: BrowserContext | undefined;
  private readonly tabs: Tab[] = [];

  private constructor(
    private readonly site: PageSite,
    private readonly profile: string,
  ) {}

  /** @param entry of the page's script, and those of workers, from the root of the repository. */
  static async start(entry: string, workers?: Scripts): Promise<Chromium> {
    const browser = new Chromium(
      await PageSite.serve(entry, workers),
      await mkdtemp(join(tmpdir(), 'sealpost-chromium-')),
    );
    await browser.launch();
    return browser;
  }

  /** Of its pages: what a relay has to allow. */
  get origin(): string {
    return new URL(this.site.address).origin;
  }

  /** Errors of all tabs since it was last asked: exceptions, refusals by the content security policy, what did not load. */
  takeComplaints(): string[] {
    return this.tabs.flatMap(({ complaints }) => complaints.splice(0));
  }

  /** All that it keeps, also those that no script can read. */
  async cookies(): Promise<{ readonly name: string; readonly value: string; readonly httpOnly: boolean }[]> {
    return (await this.context?.cookies()) ?? [];
  }

  async openTab(): Promise<Tab> {
    if (this.context === undefined) throw new Error('the browser is closed');
    const tab = await Tab.open(await this.context.newPage(), this.site.address);
    this.tabs.push(tab);
    return tab;
  }

  /** Closed and started again, with the same profile. */
  async restart(): Promise<void> {
    await this.context?.close();
    await this.launch();
  }

  /** As `restart`, but the browser does not get to finish anything. */
  async killAndRestart(): Promise<void> {
    // A symbolic link, by which Chromium marks its profile as in use: `host-pid`.
    const mark = join(this.profile, 'SingletonLock');
    const browserPid = Number((await readlink(mark)).split('-').at(-1));
    process.kill(browserPid, 'SIGKILL');
    await until(() => isGone(browserPid), 'the browser is gone');
    // Playwright may have seen it go before it is asked to close it.
    await this.context?.close().catch(() => undefined);
    await rm(mark, { force: true });
    await this.launch();
  }

  async stop(): Promise<void> {
    await this.context?.close();
    await this.site.stop();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async launch(): Promise<void> {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: executablePath ?? '',
      chromiumSandbox: false,
      args: FLAGS,
    });
  }
}

export class Tab {
  readonly complaints: string[] = [];

  private constructor(private readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  static async open(page: Page, address: string): Promise<Tab> {
    const tab = new Tab(page);
    await page.goto(address);
    return tab;
  }

  /** Has the page do something that it offers. What is given and taken is JSON. */
  async run(name: string, given?: unknown): Promise<unknown> {
    return this.page.evaluate(
      async ([called, argument]) => {
        const offered: unknown = Reflect.get(globalThis, 'offered');
        const method: unknown = typeof offered === 'object' && offered !== null && Reflect.get(offered, called);
        if (typeof method !== 'function') throw new Error(`the page does not offer ${called}`);
        return (await Reflect.apply(method, offered, [argument])) as unknown;
      },
      [name, given] as const,
    );
  }

  /** As if the browser had room for so many bytes of the site and no more, until `lift`. */
  async limitStorage(quotaBytes: number): Promise<{ lift(): Promise<void> }> {
    const session = await this.page.context().newCDPSession(this.page);
    const { origin } = new URL(this.page.url());
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: quotaBytes });
    return { lift: () => session.detach() };
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
