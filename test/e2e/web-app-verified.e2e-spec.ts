import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { TestRelay } from '#testing';

/** Whether what a relay serves is what was built: anybody can ask, with the sources at hand. */

const root = resolve(__dirname, '../..');
const BUILD = join(root, 'dist/web');
const MANIFEST = join(BUILD, 'web-manifest.json');

interface Verdict {
  readonly code: number;
  readonly lines: readonly string[];
}

/** `npm run verify-web`, without npm. */
function verify(...given: readonly string[]): Promise<Verdict> {
  return new Promise((done) => {
    const argv = ['scripts/verify-web.mjs', ...given];
    execFile(process.execPath, argv, { cwd: root, timeout: 60_000 }, (error, said, complaints) => {
      const code = error === null ? 0 : Number(error.code ?? -1);
      done({ code, lines: `${said}${complaints}`.trim().split('\n') });
    });
  });
}

describe('a host that says it serves the web app (C-66)', () => {
  const copies: string[] = [];
  const relay = TestRelay.duringTests({ environment: { WEB_DIR: BUILD } });
  let differing: TestRelay | undefined;

  /** A relay that serves the build with a change. */
  const servingChanged = async (change: (directory: string) => void): Promise<string> => {
    const copy = mkdtempSync(join(tmpdir(), 'sealpost-web-'));
    copies.push(copy);
    cpSync(BUILD, copy, { recursive: true });
    change(copy);
    differing = await TestRelay.start({ environment: { WEB_DIR: copy }, beside: relay });
    return differing.url;
  };

  beforeAll(() => {
    if (!existsSync(MANIFEST)) throw new Error('The web app is not built: npm run build:web');
  });
  afterEach(async () => {
    await differing?.stop();
    differing = undefined;
  });
  afterAll(() => copies.forEach((copy) => rmSync(copy, { recursive: true })));

  const scriptIn = (folder: string, directory: string): string =>
    join(
      directory,
      folder,
      readdirSync(join(directory, folder)).find((name) => name.endsWith('.js'))!,
    );

  it('is found to serve it, in one line, and publishes the list itself', async () => {
    const { code, lines } = await verify(relay.url);
    expect(lines).toEqual([expect.stringMatching(/ serves the web app of version \S+ of .*: \d+ files, each in all/)]);
    expect(code).toBe(0);
    const published = await fetch(`${relay.url}/web-manifest.json`);
    expect(published.headers.get('cache-control')).toBe('no-cache');
    expect(await published.text()).toBe(readFileSync(MANIFEST, 'utf8'));
  });

  it('is found out by one byte of one file', async () => {
    let path = '';
    const url = await servingChanged((copy) => {
      path = scriptIn('assets', copy);
      const content = readFileSync(path);
      content[content.length >> 1]! ^= 1;
      writeFileSync(path, content);
    });
    const { code, lines } = await verify(url, '--manifest', MANIFEST);
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^\/assets\/.*: has another content: SHA-256 .* instead of /),
      expect.stringMatching(/ does NOT serve the web app of .*: 1 of \d+ files differ\.$/),
    ]);
    expect(path).toContain(lines[0]!.split(':')[0]);
  });

  it('is found out by a worker that differs for those alone who take Brotli, as browsers do', async () => {
    const url = await servingChanged((copy) => {
      const path = scriptIn('workers', copy);
      writeFileSync(`${path}.br`, brotliCompressSync(`${readFileSync(path, 'utf8')};fetch("/v1/server")`));
    });
    const { code, lines } = await verify(url);
    expect([code, lines]).toEqual([1, [expect.stringMatching(/^\/workers\//), expect.any(String)]]);
  });

  it('is found out by one more script in its page, wherever somebody enters', async () => {
    const url = await servingChanged((copy) => {
      for (const name of readdirSync(copy).filter((one) => one.startsWith('index.html.'))) rmSync(join(copy, name));
      const page = join(copy, 'index.html');
      const extra = '<script type="module" src="/assets/extra.js"></script></body>';
      writeFileSync(page, readFileSync(page, 'utf8').replace('</body>', extra));
      writeFileSync(join(copy, 'assets/extra.js'), 'document.title = "extra";');
    });
    const { code, lines } = await verify(url);
    expect(code).toBe(1);
    expect(lines.map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['/', '/settings']));
  });

  it('is found out by a file that is missing', async () => {
    const url = await servingChanged((copy) => rmSync(scriptIn('workers', copy)));
    expect((await verify(url)).lines[0]).toMatch(/^\/workers\/.*: is not there \(404\)$/);
  });

  describe('behind something that changes its answers', () => {
    let proxy: Server;
    let change: (headers: Record<string, string>) => Record<string, string>;
    const serve = async (): Promise<string> => {
      proxy = createServer((request, reply) => {
        const { accept = '*/*' } = request.headers;
        void fetch(`${relay.url}${request.url ?? '/'}`, { headers: { accept, 'accept-encoding': 'identity' } })
          .then(async (answer) => ({ answer, body: Buffer.from(await answer.arrayBuffer()) }))
          .then(({ answer, body }) =>
            reply.writeHead(answer.status, change(Object.fromEntries(answer.headers))).end(body),
          );
      });
      await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
      return `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    };
    afterEach(() => proxy.close());

    it('is found out by a weaker policy', async () => {
      change = (headers) => ({
        ...headers,
        'content-security-policy': headers['content-security-policy']!.replace("script-src 'self'", 'script-src *'),
      });
      const { code, lines } = await verify(await serve());
      expect(code).toBe(1);
      expect(lines).toEqual(
        expect.arrayContaining([expect.stringMatching(/^\/: has content-security-policy: .*script-src \*/)]),
      );
    });

    it('is found out by a header that brings a style or a worker of its own', async () => {
      change = (headers) => ({ ...headers, link: '</x.css>; rel=stylesheet', 'service-worker-allowed': '/' });
      const { code, lines } = await verify(await serve());
      expect([code, lines.join('\n')]).toEqual([1, expect.stringContaining('/: comes with a link')]);
    });

    it('is as good as directly, when nothing is changed', async () => {
      change = (headers) => headers;
      expect((await verify(await serve())).code).toBe(0);
    });

    it('is read no further than the files are long', async () => {
      proxy = createServer((_request, reply) => {
        const more = (): boolean => reply.write(Buffer.alloc(64 * 1024), () => reply.destroyed || more());
        reply.writeHead(200);
        more();
      });
      await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
      const { lines } = await verify(`http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`);
      expect(lines[0]).toMatch(/: is longer$/);
    });
  });

  it.each([
    ['nothing to ask', [], 'Which host?'],
    ['an address that is none', ['chat'], 'Invalid URL'],
    ['no host there', ['http://127.0.0.1:1'], 'http://127.0.0.1:1 cannot be reached'],
    ['no list', ['http://127.0.0.1:1', '--manifest', 'nowhere.json'], 'There is no nowhere.json'],
    ['a list of something else', ['http://127.0.0.1:1', '--manifest', 'package.json'], 'package.json is no list'],
  ])('cannot be judged with %s, and that is no success', async (_what, given, says) => {
    const { code, lines } = await verify(...given);
    expect([code, lines.length, lines[0]]).toEqual([2, 1, expect.stringContaining(says)]);
  });
});
