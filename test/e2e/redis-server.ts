import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../apps/relay/src/platform/database/embedded/free-port.js';

/** A Redis of a test's own, which it may kill and freeze. */
export class RedisServer {
  private process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  /** @param options of its command line, for one that can do less. */
  static async start(options: readonly string[] = []): Promise<RedisServer> {
    const server = new RedisServer(await findFreePort(), options);
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, also again after it was killed: at the same address, and with nothing in it. */
  async begin(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.process = spawn('redis-server', [...options, ...this.options], { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface({ input: this.process.stdout! }))
      if (line.includes('Ready to accept')) break;
    this.process.stdout!.resume();
  }

  /** It keeps its connections, and says nothing. */
  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const { process } = this;
    if (process === undefined) return;
    this.process = undefined;
    const exited = once(process, 'exit');
    process.kill('SIGKILL');
    await exited;
  }
}
