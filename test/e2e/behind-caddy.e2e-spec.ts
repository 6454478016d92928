import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { io } from 'socket.io-client';
import { pair, TestRelay, TestSocket, until } from '#testing';
import { findFreePort } from '../../apps/relay/src/platform/database/embedded/free-port.js';

/** What docker-compose.yml puts in front of the relay with the profile `tls`, as it stands in deploy/caddy (needs Debian's caddy). */

const CADDYFILE = resolve(__dirname, '../../deploy/caddy/Caddyfile');

let folder: string;
let relay: TestRelay;
let caddy: ChildProcess;
let origin: string;
let ca: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sealpost-caddy-'));
  origin = `https://localhost:${String(await findFreePort())}`;
  relay = await TestRelay.start({ environment: { PUBLIC_URL: origin, TRUST_PROXY: '127.0.0.1' } });
  const settings = { PUBLIC_URL: origin, RELAY: new URL(relay.url).host, HTTP_PORT: String(await findFreePort()) };
  const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, ...settings };
  caddy = spawn('caddy', ['run', '--config', CADDYFILE], { env, stdio: 'ignore' });
  const root = join(folder, 'caddy/pki/authorities/local/root.crt');
  await until(() => existsSync(root), 'the proxy has a certificate', 30_000);
  ca = readFileSync(root, 'utf8');
  await until(isUp, 'the proxy listens');
}, 60_000);

afterAll(async () => {
  const ended = once(caddy, 'exit');
  caddy.kill('SIGTERM');
  await ended;
  await relay.stop();
  rmSync(folder, { recursive: true, force: true });
});

const isUp = () =>
  reply('/health/live').then(
    ({ status }) => status === 200,
    () => false,
  );

/** By the certificate that the proxy has made itself, as no authority makes one for localhost. */
async function reply(path: string): Promise<{ status: number | undefined; headers: IncomingHttpHeaders }> {
  return new Promise((answered, failed) => {
    get(`${origin}${path}`, { ca }, (response) => {
      response.resume();
      answered({ status: response.statusCode, headers: response.headers });
    }).on('error', failed);
  });
}

describe('a relay behind the proxy of docker-compose.yml', () => {
  it('is reached by TLS, with its own headers', async () => {
    const { status, headers } = await reply('/health/ready');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });

  it('opens sockets through it, and messages come', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const socket = TestSocket.around(
      io(origin, { transports: ['websocket'], auth: { token: bob.token }, ca, forceNew: true, reconnection: false }),
    );
    await until(() => socket.isConnected, 'the socket is connected');
    await ada.send(conversationId, 'through a proxy');
    await until(() => socket.payloads('entry').length === 1, 'the message has come');
    socket.socket.close();
  });
});
