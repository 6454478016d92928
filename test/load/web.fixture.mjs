/** An account of many messages in Chromium, and how fast the web app is with it. Run by web.mjs. */
/* global document, requestAnimationFrame, PerformanceObserver -- in the page */
import { join } from 'node:path';
import { MemoryStore, Sealpost } from '#sdk';
import { chromium } from 'playwright-core';
import { median, rounded } from './lib/figures.mjs';

const PASSWORD = 'plum harbour quietly seventeen';
const [READER, WRITER] = ['ada', 'grace'];
const WORDS = 'winter lantern marble orchard copper meadow whisper compass velvet thunder saddle harvest'.split(' ');
/** What is asked of each round, in milliseconds. */
const TARGETS = { coldOpenMs: 1_500, switchMs: 100, searchMs: 150, droppedFrames: 0, longestTaskMs: 50 };
const SWITCHES = 12;
/** Parts of words, as they are typed. */
const QUERIES = ['lant', 'orch mead', 'whis', 'thun 7', 'harv thun', 'velv'];
const TYPED = 'The quick brown fox jumps over the lazy dog, and then again.';
const KEY_PAUSE_MS = 30;
const PATIENCE_MS = 600_000;

const given = JSON.parse(process.argv[2] ?? '{}');
const context = await launched();
try {
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(60_000);
  await register(page);
  await fill(page);
  const measured = [];
  for (let round = 0; round < given.rounds; round++) {
    measured.push(await measure(page));
    console.log(JSON.stringify(measured.at(-1)));
  }
  report(measured);
} finally {
  await context.close();
}

function launched() {
  return chromium.launchPersistentContext(join(given.directory, 'profile'), {
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}

async function register(page) {
  await page.goto(given.url);
  await page.getByLabel('Username', { exact: true }).fill(READER);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('No chats yet').waitFor();
}

/** All is sent by somebody else, and has come when the title counts it. */
async function fill(page) {
  const startedAt = performance.now();
  const writer = new Sealpost({ url: given.url, store: await MemoryStore.open() });
  await writer.register({ username: WRITER, password: PASSWORD });
  for (let chat = 0; chat < given.conversations; chat++) {
    const { id } = await writer.conversations.group([READER], { title: `Group ${String(chat)}` });
    for (let n = 0; n < given.messages; n++) await writer.messages.send(id, textOf(chat, n));
    await writer.settled();
  }
  await writer.close();
  const all = given.conversations * given.messages;
  await page.waitForFunction((title) => document.title === title, `(${String(all)}) Sealpost`, {
    timeout: PATIENCE_MS,
    polling: 1_000,
  });
  console.log(`${String(all)} messages came in ${String(rounded((performance.now() - startedAt) / 1000))} s`);
}

function textOf(chat, n) {
  const at = (step) => WORDS[(chat * 7 + n * step) % WORDS.length] ?? '';
  return `${at(1)} ${at(5)} ${String(n)} and the ${at(7)} of ${at(11)} in group ${String(chat)}`;
}

async function measure(page) {
  const opened = await open(page);
  const switchMs = await switches(page);
  const searchMs = await searches(page);
  return { ...opened, ...switchMs, ...searchMs, ...(await typing(page)) };
}

/** From nothing to the page that asks for the password, and from there to the list: the two times nobody types in. */
async function open(page) {
  await page.goto('about:blank');
  const startedAt = performance.now();
  await page.goto(given.url, { waitUntil: 'commit' });
  const password = page.getByLabel('Password', { exact: true });
  await password.waitFor();
  const pageMs = performance.now() - startedAt;
  await password.fill(PASSWORD);
  const unlockMs = await page.evaluate(elapsed, { click: 'button[type=submit]', shows: '.chat-list .chat-line' });
  return { pageMs, unlockMs, coldOpenMs: pageMs + unlockMs };
}

async function switches(page) {
  const taken = [];
  for (let n = 0; n < SWITCHES; n++) {
    taken.push(await page.evaluate(elapsed, { click: '.chat-list .chat-line', nth: n % 6, shows: '[role=log] .line' }));
    await page.goBack();
    await page.locator('[role=log]').waitFor({ state: 'detached' });
  }
  return { switchMs: median(taken), slowestSwitchMs: Math.max(...taken) };
}

/** From the last letter to the first message that was found. */
async function searches(page) {
  const field = page.getByLabel('Search chats and messages');
  const taken = [];
  for (const query of QUERIES) {
    await field.fill('');
    await page.locator('.list-heading').waitFor({ state: 'detached' });
    await field.focus();
    const shown = page.evaluate(elapsed, { shows: '.list-heading' });
    await page.keyboard.insertText(query);
    taken.push(await shown);
  }
  await field.fill('');
  return { searchMs: median(taken), slowestSearchMs: Math.max(...taken) };
}

/** Frames that came late, and tasks that took long, while somebody types. */
async function typing(page) {
  await page.locator('.chat-list .chat-line').first().click();
  const field = page.getByLabel('Write a message');
  await field.focus();
  const watched = page.evaluate(watchFrames, TYPED.length * (KEY_PAUSE_MS + 5));
  await page.keyboard.type(TYPED, { delay: KEY_PAUSE_MS });
  const figures = await watched;
  await field.fill('');
  return figures;
}

/** Runs in the page. */
async function elapsed({ click, nth = 0, shows }) {
  const MOST_MS = 20_000;
  const startedAt = performance.now();
  if (click !== undefined) document.querySelectorAll(click)[nth]?.click();
  while (document.querySelector(shows) === null) {
    if (performance.now() - startedAt > MOST_MS) throw new Error(`${shows} did not come`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return performance.now() - startedAt;
}

/** Runs in the page. */
async function watchFrames(forMs) {
  const LATE_MS = 34;
  let longestTaskMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  observer.observe({ type: 'longtask' });
  let droppedFrames = 0;
  const endAt = performance.now() + forMs;
  for (let before = performance.now(); before < endAt;) {
    const now = await new Promise((resolve) => requestAnimationFrame(resolve));
    if (now - before > LATE_MS) droppedFrames++;
    before = now;
  }
  observer.disconnect();
  return { droppedFrames, longestTaskMs };
}

function report(measured) {
  const names = Object.keys(measured[0] ?? {});
  const figures = Object.fromEntries(
    names.map((name) => [name, rounded(median(measured.map((one) => one[name] ?? 0)))]),
  );
  console.table(names.map((figure) => ({ figure, median: figures[figure], target: TARGETS[figure] })));
  console.log(JSON.stringify({ bench: 'web', ...given, url: undefined, directory: undefined, ...figures }));
}
