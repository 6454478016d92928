import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, resolve } from 'node:path';
import { WEB_FILE_HEADERS } from '#protocol';
import { build } from 'esbuild';

const root = resolve(__dirname, '../..');

/** As the web app is served: what breaks under this breaks for its users. */
const POLICY = WEB_FILE_HEADERS.page['content-security-policy']!;

/** The web app's worker knows the relay that it comes from. Here relays have ports of their own. */
const WORKER_POLICY = WEB_FILE_HEADERS.worker['content-security-policy']!.replace(
  "connect-src 'self'",
  'connect-src http://127.0.0.1:* ws://127.0.0.1:*',
);

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title><script type="module" src="/page.js"></script>`;

/** By their name, from the root of the repository. */
export type Scripts = Readonly<Record<string, string>>;

interface Served {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** One page with one script, from a port of its own on loopback: storage belongs to it as long as the port is the same. */
export class PageSite {
  private constructor(private readonly server: Server) {}

  /**
   * @param entry of the page's script, from the root of the repository.
   * @param workers scripts of workers, each at `/` and its name and `.js`.
   */
  static async serve(entry: string, workers: Scripts = {}): Promise<PageSite> {
    const files = await bundle({ page: entry, ...workers });
    const ofWorkers = new Set(Object.keys(workers).map((name) => `/${name}.js`));
    const server = createServer(({ url = '' }, response) => {
      response.setHeader('content-security-policy', ofWorkers.has(url) ? WORKER_POLICY : POLICY);
      const file = files.get(url);
      // A browser asks for an icon by itself.
      if (file === undefined) return void response.writeHead(url === '/favicon.ico' ? 204 : 404).end();
      response.writeHead(200, { 'content-type': file.type }).end(file.body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new PageSite(server);
  }

  get address(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((stopped) => this.server.close(stopped));
  }
}

async function bundle(scripts: Scripts): Promise<ReadonlyMap<string, Served>> {
  const { outputFiles } = await build({
    entryPoints: scripts,
    absWorkingDir: root,
    outdir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    conditions: ['source'],
    sourcemap: 'inline',
    write: false,
  });
  const served = outputFiles.map(({ path, contents }): [string, Served] => [
    `/${basename(path)}`,
    { type: 'text/javascript; charset=utf-8', body: contents },
  ]);
  return new Map([['/', { type: 'text/html; charset=utf-8', body: PAGE }], ...served]);
}
