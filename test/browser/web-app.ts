import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { TestRelay } from '#testing';
import { type Browser, chromium, type ConsoleMessage, type Locator, type Page } from 'playwright-core';
import { executablePath, FLAGS } from './chromium.js';

const WEB_DIR = resolve(__dirname, '../../dist/web');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The built web app, served by a relay, in the real browser. */
export class WebApp {
  private readonly people: Person[] = [];

  private constructor(
    readonly relay: TestRelay,
    private readonly browser: Browser,
  ) {}

  /** @param flags of the browser, as for what it takes for a camera. */
  static async start(
    environment: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ): Promise<WebApp> {
    if (!existsSync(WEB_DIR)) throw new Error('The web app is not built: npm run build:web');
    // Origins are allowed by their port, which has to be known before the relay listens.
    const PORT = String(await freePort());
    const relay = await TestRelay.start({ environment: { PORT, WEB_DIR, ...environment } });
    const launched = chromium.launch({
      executablePath: executablePath ?? '',
      chromiumSandbox: false,
      args: [...FLAGS, RESOLVER, ...flags],
    });
    return new WebApp(relay, await launched);
  }

  /** Somebody with a browser of their own: nothing in it is anybody else's. */
  async newPerson(username: string, url = this.relay.url): Promise<Person> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    const person = new Person(username, await context.newPage());
    this.people.push(person);
    await person.page.goto(url);
    return person;
  }

  /** The same browser, in another tab. */
  async newTab({ username, page }: Person): Promise<Person> {
    const tab = new Person(username, await page.context().newPage());
    this.people.push(tab);
    await tab.page.goto(this.relay.url);
    return tab;
  }

  /** The app over plain HTTP, from another machine as it were. */
  get insecureUrl(): string {
    return this.relay.url.replace('127.0.0.1', ELSEWHERE);
  }

  /** Errors of all pages since it was last asked: exceptions, refusals by the content security policy, what did not load. */
  takeComplaints(): string[] {
    return this.people.flatMap(({ complaints }) => complaints.splice(0));
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.relay.stop();
  }
}

/** A name that is not this machine's, and so no place that browsers trust without TLS. */
const ELSEWHERE = 'relay.sealpost.test';
const RESOLVER = `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`;

/** On one page, there and back. */
const MOST_TABS = 60;
export const PASSWORD = 'plum harbour quietly seventeen';

/** What somebody does in the app, by the names that they see or hear. */
export class Person {
  readonly complaints: string[] = [];

  constructor(
    readonly username: string,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message)) this.complaints.push(message.text());
    });
  }

  async register(): Promise<void> {
    await this.fill('Username', this.username);
    await this.fill('Password', PASSWORD);
    await this.press('Create account');
  }

  /** @returns the code. */
  async keepRecoveryCode(): Promise<string> {
    const code = await this.page.getByTestId('recovery-code').innerText();
    await this.page.getByRole('checkbox').check();
    await this.press('Continue');
    return code;
  }

  async unlock(password = PASSWORD): Promise<void> {
    await this.enterPassword('Unlock', password);
  }

  /** Where a password is asked for, and a button goes on. */
  async enterPassword(button: string, password = PASSWORD): Promise<void> {
    await this.fill('Password', password);
    await this.press(button);
  }

  /** Into what has the focus. */
  async typePassword(): Promise<void> {
    await this.page.keyboard.type(PASSWORD);
  }

  async openDevices(): Promise<void> {
    await this.page.getByRole('button', { name: 'Menu' }).click();
    await this.page.getByRole('menuitem', { name: 'Settings' }).click();
    await this.page.getByRole('link', { name: 'Manage devices' }).click();
    await this.page.getByRole('heading', { name: 'Your devices' }).waitFor();
  }

  /** From a chat to the safety number of somebody in it. */
  async openSafetyNumber(name: string): Promise<void> {
    await this.page.getByRole('link', { name: /^Details of/ }).click();
    await this.page
      .locator('.people')
      .getByRole('link', { name: new RegExp(`\\b${name}\\b`) })
      .click();
  }

  /** Goes to another place in the app, as links in it do. */
  async visit(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      const { history, dispatchEvent } = globalThis as unknown as Navigating;
      history.pushState(null, '', to);
      dispatchEvent(new Event('popstate'));
    }, path);
  }

  async beginChat(username: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New chat' }).click();
    await this.fill('Username', username);
    await this.press('Start chat');
  }

  async openChat(name: string): Promise<void> {
    const list = this.page.getByRole('navigation', { name: 'Conversations' });
    await list.getByRole('link', { name: new RegExp(`\\b${name}\\b`) }).click();
  }

  async write(text: string): Promise<void> {
    await this.fill('Write a message', text);
    await this.page.keyboard.press('Enter');
  }

  /** The line of the open chat that has this text, and nothing else of it. */
  line(text: string): Locator {
    return this.page.locator('.line').filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** Chooses something from the menu of a message. */
  async chooseOf(text: string, choice: string): Promise<void> {
    await this.line(text).last().hover();
    await this.line(text).last().getByRole('button', { name: 'Message options' }).click();
    await this.page
      .getByLabel(choice, { exact: true })
      .or(this.page.getByRole('menuitem', { name: choice }))
      .click();
  }

  /** Waits until it stands in the open chat, and not only on its way. */
  async reads(text: string): Promise<void> {
    await this.page.getByRole('log').getByText(text, { exact: true }).waitFor();
    await this.page.getByRole('img', { name: 'Sending' }).waitFor({ state: 'detached' });
  }

  /** Whether a message stands out right now, as for a moment when somebody was led there. */
  async isShownWhereFound(): Promise<boolean> {
    const marks = this.page.locator('.line-found .found-mark');
    return marks.evaluateAll((all: readonly Animated[]) => all.some((mark) => mark.getAnimations().length > 0));
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Goes on by the Tab key to what bears a name. */
  async tabTo(name: string): Promise<void> {
    const named = this.page
      .getByLabel(name, { exact: true })
      .or(this.page.getByRole('button', { name, exact: true }))
      .or(this.page.getByRole('link', { name, exact: true }));
    const isThere = async (): Promise<boolean> => (await named.and(this.page.locator(':focus')).count()) > 0;
    for (let presses = 0; !(await isThere()); presses++) {
      if (presses === MOST_TABS) throw new Error(`no way leads to “${name}” by the Tab key`);
      await this.page.keyboard.press('Tab');
    }
  }

  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Serious and critical findings of axe, in both colour schemes. */
  async obstacles(): Promise<string[]> {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme });
      found.push(...(await this.obstaclesNow()).map((finding) => `${colorScheme}: ${finding}`));
    }
    await this.page.emulateMedia({ colorScheme: null });
    return found;
  }

  private async obstaclesNow(): Promise<string[]> {
    // Not as a script of the page: its policy would not have it.
    await this.page.evaluate(axe);
    return this.page.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as { axe: AxeRunner };
      const { violations } = await tool.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 160)}`));
    });
  }
}

/** The SDK asks for what may not be there yet, and tries while there is no network: the browser takes both for errors. */
function isExpected(message: ConsoleMessage): boolean {
  const text = message.text();
  if (text.includes('net::ERR_INTERNET_DISCONNECTED')) return true;
  return /status of 4\d\d/.test(text) && new URL(message.location().url).pathname.startsWith('/v1/');
}

interface Animated {
  getAnimations(): readonly unknown[];
}

interface Navigating {
  readonly history: { pushState(state: null, unused: string, path: string): void };
  dispatchEvent(event: Event): boolean;
}

interface AxeRunner {
  run(): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
