import type { WebSocket } from 'ws';
import { connect } from '../load/lib/socket-io.mjs';
import { Abuser } from './abuser.js';
import type { CrowdOrder, CrowdOrders } from './crowd.js';
import type { ReturningClient } from './returning-client.js';
import { StallingDevice } from './stalling-device.js';

/** How many connect at the same time: not a flood, which is another control. */
const AT_ONCE = 50;

const open = new Set<WebSocket>();
const devices: StallingDevice[] = [];
const settlers: ReturningClient[] = [];
let entries = 0;

let abuser: Abuser | undefined;

const ENTRY = Buffer.from('42["entry"');
const isEntry = (frame: Buffer): boolean => frame.subarray(0, ENTRY.length).equals(ENTRY);

async function openOne(url: string, token: string): Promise<void> {
  const onEvent = (frame: Buffer): void => {
    if (isEntry(frame)) entries++;
  };
  const socket = await connect(url, { token, onEvent });
  open.add(socket);
  socket.once('close', () => open.delete(socket));
}

async function each(tokens: readonly string[], connectOne: (token: string) => Promise<void>): Promise<void> {
  const waiting = [...tokens];
  const work = async (): Promise<void> => {
    for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) await connectOne(token);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

type Obedience = {
  readonly [Order in CrowdOrder]: (
    ...about: Parameters<CrowdOrders[Order]>
  ) => ReturnType<CrowdOrders[Order]> | Promise<ReturnType<CrowdOrders[Order]>>;
};

const obey: Obedience = {
  open: async ({ url, tokens }) => {
    await each(tokens, (token) => openOne(url, token));
    return open.size;
  },
  enlist: ({ url, tokens, conversationId }) =>
    devices.push(...tokens.map((token) => new StallingDevice(url, token, conversationId))),
  stall: async () => {
    await Promise.all(devices.map((device) => device.stall()));
    return devices.length;
  },
  resume: () => {
    for (const device of devices) device.resume();
    return devices.length;
  },
  leave: () => {
    for (const device of devices) device.leave();
    return devices.length;
  },
  count: () => ({ open: open.size, entries }),
  behind: ({ upTo }) => devices.filter(({ cursor, missing }) => cursor < upTo || missing > 0).length,
  abuse: ({ url, token }) => {
    abuser = new Abuser(url, token);
    return 1;
  },
  desist: () => abuser?.desist() ?? 0,
  close: () => {
    for (const socket of open) socket.terminate();
    return 0;
  },
  settle: async ({ url, tokens }) => {
    // It waits as the SDK does, and of the SDK the others need nothing.
    const returning = await import('./returning-client.js');
    await each(tokens, async (token) => {
      const settler = new returning.ReturningClient(url, token);
      settlers.push(settler);
      await settler.come();
    });
    return settlers.length;
  },
  settled: () => ({
    back: settlers.filter(({ isBack }) => isBack).length,
    tries: settlers.reduce((sum, { tries }) => sum + tries, 0),
    refusals: settlers.flatMap(({ refusals }) => refusals).slice(0, 20),
  }),
  disband: () => {
    for (const settler of settlers) settler.leave();
    return settlers.splice(0).length;
  },
};

interface Order {
  readonly number: number;
  readonly order: CrowdOrder;
  readonly about: never;
}

process.on('message', ({ number, order, about }: Order) => {
  Promise.resolve(obey[order](about)).then(
    (result) => process.send?.({ number, result }),
    (error: unknown) => process.send?.({ number, error: String(error) }),
  );
});
// Whoever gathered us is gone.
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
