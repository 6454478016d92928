import type { WebSocket } from 'ws';
import { percentile } from '../controls/timings.js';
import { numberIn, payload } from '../load/lib/payload.mjs';
import type { SeededPerson } from '../load/lib/people.mjs';
import { connect } from '../load/lib/socket-io.mjs';
import { uuid7 } from '../load/lib/uuid7.mjs';

const CHARS = 400;
const EVERY_MS = 20;
const ENTRY = Buffer.from('42["entry",');

interface Sender {
  readonly socket: WebSocket;
  readonly conversationId: string;
}

/** Pairs of people of whom one writes and the other listens: as much as the relay takes, or at a steady rate. */
export class Correspondents {
  sent = 0;
  /** Messages that have come. */
  heard = 0;
  refused = 0;
  private readonly sentAtMs = new Map<number, number>();
  private readonly sockets: WebSocket[] = [];
  private readonly senders: Sender[] = [];
  private latenciesMs: number[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isChasing = false;

  private constructor() {
    // Gathered by `of`.
  }

  /** @param people of whom each two neighbours have a conversation */
  static async of(url: string, people: readonly SeededPerson[]): Promise<Correspondents> {
    const all = new Correspondents();
    for (let at = 0; at + 1 < people.length; at += 2) await all.introduce(url, people[at]!, people[at + 1]!);
    return all;
  }

  /** As many as the relay takes while so many are on their way, for some seconds. @returns how many a second that are. */
  async most(onTheirWay: number, seconds: number): Promise<number> {
    this.isChasing = true;
    for (let n = 0; n < onTheirWay; n++) this.sendOne();
    const before = this.heard;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    this.isChasing = false;
    return (this.heard - before) / seconds;
  }

  /** Goes on at this rate until `end`. */
  begin(perSecond: number): void {
    const startMs = performance.now();
    let due = 0;
    this.timer = setInterval(() => {
      const target = ((performance.now() - startMs) * perSecond) / 1_000;
      for (; due < target; due++) this.sendOne();
    }, EVERY_MS);
  }

  /** Of what has come since this was asked for the last time. */
  takeP99Ms(): number {
    const taken = this.latenciesMs;
    this.latenciesMs = [];
    return percentile(taken, 0.99);
  }

  end(): void {
    clearInterval(this.timer);
  }

  get onTheirWay(): number {
    return this.sentAtMs.size;
  }

  close(): void {
    this.end();
    for (const socket of this.sockets) socket.terminate();
  }

  private async introduce(url: string, writer: SeededPerson, listener: SeededPerson): Promise<void> {
    const onEvent = (frame: Buffer): void => this.hear(frame);
    this.sockets.push(await connect(url, { token: listener.token, onEvent }));
    const onAck = (frame: Buffer): void => this.note(frame);
    const socket = await connect(url, { token: writer.token, onAck });
    this.sockets.push(socket);
    this.senders.push({ socket, conversationId: writer.conversationId! });
  }

  private sendOne(): void {
    const number = ++this.sent;
    const { socket, conversationId } = this.senders[number % this.senders.length]!;
    const message = { conversationId, id: uuid7(), ciphertext: payload(number, CHARS) };
    this.sentAtMs.set(number, performance.now());
    socket.send(`42${number}["message:send",${JSON.stringify(message)}]`);
  }

  private hear(frame: Buffer): void {
    if (!frame.subarray(0, ENTRY.length).equals(ENTRY)) return;
    const number = numberIn(frame);
    const atMs = this.sentAtMs.get(number);
    if (atMs === undefined) return;
    this.sentAtMs.delete(number);
    this.latenciesMs.push(performance.now() - atMs);
    this.heard++;
    if (this.isChasing) this.sendOne();
  }

  private note(frame: Buffer): void {
    if (!frame.includes('"ok":true')) this.refused++;
  }
}
