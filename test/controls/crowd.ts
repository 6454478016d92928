import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a crowd may be told, with what it answers. */
export interface CrowdOrders {
  /** Opens sockets that say nothing. Answers how many are open now. */
  open(order: { readonly url: string; readonly tokens: readonly string[] }): number;
  /** Names devices that are to keep one log whole. Answers how many there are. */
  enlist(order: { readonly url: string; readonly tokens: readonly string[]; readonly conversationId: string }): number;
  /** The devices connect, and read nothing of what the network brings them. */
  stall(order: null): number;
  /** They read again, and catch up. */
  resume(order: null): number;
  /** They hang up. */
  leave(order: null): number;
  /** How many sockets are open, and how many entries have come over them in all. */
  count(order: null): { readonly open: number; readonly entries: number };
  /** How many devices do not have every position of the log up to this one. */
  behind(order: { readonly upTo: number }): number;
  /** One client sends far more than it may, and comes again whenever it is thrown out. */
  abuse(order: { readonly url: string; readonly token: string }): number;
  /** It stops. Answers how often it was thrown out. */
  desist(order: null): number;
  close(order: null): number;
  /** Opens sockets that come back by themselves whenever they are lost. Answers how many those are. */
  settle(order: { readonly url: string; readonly tokens: readonly string[] }): number;
  /** How many of them are there and have synced, how many connections they tried to open in all, and what they were refused. */
  settled(order: null): { readonly back: number; readonly tries: number; readonly refusals: readonly string[] };
  /** They go, and do not come back. */
  disband(order: null): number;
}

export type CrowdOrder = keyof CrowdOrders;

/** Many clients in a process of their own: what they cost is not taken from those whose time is measured. */
export class Crowd {
  private number = 0;
  private members: ChildProcess | undefined;

  private constructor() {
    // Gathered by `duringTests`.
  }

  /** One that is there while the tests are which are declared beside it. */
  static duringTests(): Crowd {
    const crowd = new Crowd();
    beforeAll(() => crowd.gather());
    afterAll(() => crowd.disperse());
    return crowd;
  }

  /** @throws when the crowd could not, or is gone. */
  tell<Order extends CrowdOrder>(
    order: Order,
    ...[about]: Parameters<CrowdOrders[Order]>
  ): Promise<ReturnType<CrowdOrders[Order]>> {
    const child = this.members;
    if (child === undefined) throw new Error('the crowd has not gathered');
    const number = ++this.number;
    return new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error('the crowd is gone'));
      const hear = (answer: { number: number; result?: ReturnType<CrowdOrders[Order]>; error?: string }): void => {
        if (answer.number !== number) return;
        child.off('message', hear).off('exit', gone);
        if (answer.result === undefined) reject(new Error(answer.error));
        else resolve(answer.result);
      };
      child.on('message', hear).once('exit', gone);
      child.send({ number, order, about });
    });
  }

  private async gather(): Promise<void> {
    const fixture = join(import.meta.dirname, 'crowd.fixture.ts');
    this.members = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', fixture], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(this.members, 'message');
  }

  /** All of its sockets end at once. */
  private async disperse(): Promise<void> {
    const child = this.members;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
