import type { Seeded, TestUser } from '#testing';
import { io, type Socket } from 'socket.io-client';
import { type Answer, EventWitness } from '../../contract/event-witness.js';
import { sendFrames, wireFrames } from './frames.js';
import { asyncApi, type SocketInput, socketInput } from './socket-inputs.js';
import type { Tally } from './tally.js';
import type { World } from './world.js';

const ACKNOWLEDGED_MS = 10_000;
/** A socket that is refused more often than a hundred times would be thrown out, and its device for ten seconds. */
const INPUTS_OF_A_SOCKET = 80;
/** One in so many inputs is a connection by hand, for frames that no client library would send. */
const FRAMES_ONE_IN = 10;

interface Run {
  readonly random: Seeded;
  readonly tally: Tally;
}

/** Sends so many inputs, over a socket of each person. */
export async function fuzzSockets(world: World, count: number, { random, tally }: Run): Promise<void> {
  let left = count;
  const lanes = world.people.map(async (person) => {
    const line = new Line(world, person, tally);
    while (left-- > 0) {
      // In the order of the inputs, whichever lane takes them, so that a seed gives the same again.
      const own = random.fork();
      await world.renew();
      if (own.oneIn(FRAMES_ONE_IN)) await hurl(world, { random: own, tally });
      else await line.take(socketInput(world, person, own));
    }
    line.close();
  });
  await Promise.all(lanes);
}

async function hurl(world: World, { random, tally }: Run): Promise<void> {
  const token = random.oneIn(4) ? undefined : world.asker(random).token;
  const bytes = wireFrames(random);
  tally.unanswered++;
  await sendFrames(world.url, bytes, token).catch((error: unknown) =>
    tally.faults.push(`${String(error)} ${bytes.toString('latin1').slice(0, 300)}`),
  );
}

/** A person's socket: opened again when the relay has had enough of it. */
class Line {
  private readonly witness = new EventWitness(asyncApi);
  private socket: Socket | undefined;
  private inputs = 0;

  constructor(
    private readonly world: World,
    private readonly person: TestUser,
    private readonly tally: Tally,
  ) {}

  async take(input: SocketInput): Promise<void> {
    const socket = await this.connected();
    if (input.kind === 'silent') {
      this.tally.unanswered++;
      socket.emit(input.event, ...input.args);
      return;
    }
    const startedAt = performance.now();
    try {
      const answer = await this.ask(socket, input);
      this.tally.answered(
        input.kind === 'unknown' ? '(unknown)' : input.event,
        answer.ok,
        performance.now() - startedAt,
      );
      this.judge(input, answer);
    } catch (error) {
      // Whoever is refused too often, or sends too much at once, is hung up on.
      if (socket.connected) this.complain(input, String(error));
      else this.tally.answered('(hung up)', false, performance.now() - startedAt);
    }
  }

  close(): void {
    this.socket?.close();
  }

  private ask(socket: Socket, { kind, event, args }: SocketInput): Promise<Answer> {
    const emit = async (name: string, ...given: unknown[]): Promise<Answer> =>
      (await socket.timeout(ACKNOWLEDGED_MS).emitWithAck(name, ...given)) as Answer;
    // What the document has no event for, or an event has no body for, can only be refused.
    const [body, ...more] = args;
    return kind === 'unknown' || args.length === 0 || more.length > 0
      ? emit(event, ...args)
      : this.witness.ask(emit, event, body);
  }

  private judge(input: SocketInput, { ok, error }: Answer): void {
    const [mistake] = this.witness.mistakes.splice(0);
    if (mistake !== undefined) this.complain(input, mistake);
    if (error?.code === 'internal' || error?.code === 'unavailable') this.complain(input, error.code);
    const isNone = input.kind === 'unknown' || input.args.length !== 1;
    if (isNone && (ok || error?.code !== 'invalid_request')) this.complain(input, JSON.stringify({ ok, error }));
  }

  private complain({ event, args }: SocketInput, what: string): void {
    this.tally.faults.push(`${event} ${JSON.stringify(args).slice(0, 500)}\n  ${what}`);
  }

  private async connected(): Promise<Socket> {
    if (this.socket?.connected === true && ++this.inputs % INPUTS_OF_A_SOCKET !== 0) return this.socket;
    const options = {
      transports: ['websocket'],
      auth: { token: this.person.token },
      reconnection: false,
      forceNew: true,
    };
    const socket = io(this.world.url, options);
    this.witness.watch((listener) => socket.onAny(listener));
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    this.socket?.close();
    return (this.socket = socket);
  }
}
