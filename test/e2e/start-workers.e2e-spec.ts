import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { closeAfterEach, pair, TestSocket, type TestUser, until } from '#testing';
import { findRunningProcess } from '../../apps/relay/src/platform/database/embedded/running-process.js';
import { Installation, remembers, type RunningRelay } from './installation.js';

jest.setTimeout(120_000);

const WORKERS = 2;
/** Enough that all of them have some, however they are dealt out. */
const SOCKETS = 8;

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.make();
  await installation.build();
}, 300_000);
afterEach(() => installation.quiet());
afterAll(() => installation.remove());

const closeLater = closeAfterEach();

/** The processes that share the port, once all are there. */
function workersOf(relay: RunningRelay, without?: number): Promise<number[]> {
  return until(
    async () => {
      const pids = await relay.workerPids();
      return pids.length === WORKERS && !pids.includes(without ?? 0) ? pids : undefined;
    },
    'all processes are there',
    30_000,
  );
}

async function connected(url: string, user: TestUser): Promise<TestSocket[]> {
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => TestSocket.connect(url, user.token)));
  return sockets.map((socket) => closeLater(socket));
}

describe('npm start -- --workers N', () => {
  it('has so many processes share a port and a database, passes messages between them, and replaces one that dies', async () => {
    const relay = installation.start({}, 'script', ['--workers', String(WORKERS)]);
    const url = await relay.url();
    const before = await workersOf(relay);
    const { ada, bob, conversationId } = await pair({ url });
    const sockets = await connected(url, bob);
    const { id } = (await ada.send(conversationId, 'to each of them')).body as { id: string };
    for (const socket of sockets) expect(await socket.hear('entry')).toMatchObject([{ id }]);

    process.kill(before[0]!, 'SIGKILL');
    await until(() => sockets.some(({ isConnected }) => !isConnected), 'some sockets were its own');
    expect(sockets.some(({ isConnected }) => isConnected)).toBe(true);
    const after = await workersOf(relay, before[0]);
    expect(await remembers(url, ada)).toBe(true);
    // Not one line, and not one database, for each of them.
    expect(relay.output.filter((line) => line.startsWith('Sealpost'))).toHaveLength(1);

    relay.signal('SIGTERM');
    expect(await relay.exited).toBe(0);
    const running = await Promise.all([...before, ...after].map((pid) => findRunningProcess(pid)));
    expect(running.filter((process) => process !== undefined)).toEqual([]);
  });

  it('says once why it cannot start, and ends with code 1', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const relay = installation.start({ PORT: String(port), WORKERS: String(WORKERS) });
    expect(await relay.exited).toBe(1);
    listener.close();
    expect(relay.errors).toEqual([`The relay cannot start: port ${String(port)} is taken; set PORT to another one`]);
  });
});
