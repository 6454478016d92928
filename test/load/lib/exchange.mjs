/** Numbered messages between the members of conversations, each followed until it has been acknowledged and has reached everybody. */
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, rounded } from './figures.mjs';
import { inParallel } from './in-parallel.mjs';
import { payload } from './payload.mjs';
import { takingTurns } from './traffic.mjs';

const CAPACITY = 1 << 22;
const REFUSED = -1;

export class Exchange {
  /** Of what is measured, in milliseconds. */
  from = Infinity;
  to = Infinity;
  /** Whether a message that is through is followed by the next one. */
  sendsOn = false;

  #next = 1;
  #done = 0;
  #deliveries = 0;
  #errors = 0;
  #twice = 0;
  #dueAt = new Float64Array(CAPACITY);
  #kindOf = new Uint8Array(CAPACITY);
  /** The acknowledgement and the pushes that are still to come. */
  #awaited = new Int32Array(CAPACITY);
  #isAcknowledged = new Uint8Array(CAPACITY);
  #sockets = new Map();
  /** Until a push, or where there are none, until the acknowledgement; of each kind of conversation. */
  #latencies;
  /** Until the last push. */
  #wholeLatencies = [];

  /** @param options `traffic` and `chars` of each message. */
  constructor(options, adapter) {
    this.options = options;
    this.adapter = adapter;
    this.#latencies = options.traffic.map(() => []);
    this.nextConversation = takingTurns(options.traffic);
  }

  get #conversations() {
    return this.options.traffic.flatMap(({ conversations }) => conversations);
  }

  /** Connects everybody who writes or listens. */
  async open() {
    const takingPart = this.adapter.acknowledgesOnly ? ({ members }) => members.slice(0, 1) : ({ members }) => members;
    const indices = [...new Set(this.#conversations.flatMap(takingPart))];
    const handlers = {
      onAck: (number) => this.#acknowledged(number),
      onMessage: (number) => this.#delivered(number),
      onError: (number, reason) => this.#refused(number, reason),
    };
    await inParallel(indices.length, 16, async (at) => {
      this.#sockets.set(indices[at], await this.adapter.member(this.options, indices[at], handlers));
    });
  }

  send(dueAt = performance.now()) {
    const { place, conversation } = this.nextConversation();
    const number = this.#next++;
    this.#dueAt[number] = dueAt;
    this.#kindOf[number] = place;
    this.#awaited[number] = this.adapter.acknowledgesOnly ? 1 : conversation.members.length;
    this.#sockets.get(conversation.members[0])(conversation, number, payload(number, this.options.chars));
  }

  /** Sends no more, and waits for what is on its way. */
  async end() {
    this.sendsOn = false;
    for (let tries = 0; tries < 50 && this.#open > 0; tries++) await sleep(100);
  }

  /** @param use of the processor, by the meter. */
  figures({ seconds, cpu, serverCpu }) {
    const latencies = this.#latencies.flat().sort((a, b) => a - b);
    return {
      perSecond: rounded(this.#done / seconds),
      p50: rounded(quantile(latencies, 0.5)),
      p99: rounded(quantile(latencies, 0.99)),
      cpuMicros: rounded((cpu / this.#done) * 1e6),
      serverMicros: rounded((serverCpu / this.#done) * 1e6),
      ...this.#figuresOfGroups({ seconds, cpu }),
      errors: this.#errors,
      lost: this.#open,
      twice: this.#twice,
    };
  }

  #figuresOfGroups({ seconds, cpu }) {
    if (!this.#conversations.some(({ members }) => members.length > 2)) return {};
    const whole = this.#wholeLatencies.sort((a, b) => a - b);
    const ofKinds = this.options.traffic.map(({ kind }, place) => [
      `${kind}P99`,
      rounded(
        quantile(
          this.#latencies[place].sort((a, b) => a - b),
          0.99,
        ),
      ),
    ]);
    return {
      deliveriesPerSecond: rounded(this.#deliveries / seconds),
      deliveriesPerCpuSecond: rounded(this.#deliveries / cpu),
      lastP50: rounded(quantile(whole, 0.5)),
      lastP99: rounded(quantile(whole, 0.99)),
      ...(ofKinds.length > 1 ? Object.fromEntries(ofKinds) : {}),
    };
  }

  /** Messages that are on their way. */
  get #open() {
    return this.#awaited.subarray(1, this.#next).reduce((sum, left) => sum + (left > 0 ? 1 : 0), 0);
  }

  #acknowledged(number) {
    if (this.#isAcknowledged[number] === 1) return;
    this.#isAcknowledged[number] = 1;
    const now = performance.now();
    if (this.adapter.acknowledgesOnly) this.#note(number, now, this.#latencies[this.#kindOf[number]]);
    this.#arrived(number, now);
  }

  #delivered(number) {
    // Another generator's, before this one.
    if (!(number > 0 && number < this.#next)) return;
    if (this.#awaited[number] + this.#isAcknowledged[number] < 2) {
      if (this.#awaited[number] !== REFUSED) this.#twice++;
      return;
    }
    const now = performance.now();
    this.#note(number, now, this.#latencies[this.#kindOf[number]]);
    if (now >= this.from && now < this.to) this.#deliveries++;
    this.#arrived(number, now);
  }

  #arrived(number, now) {
    if (--this.#awaited[number] !== 0) return;
    this.#note(number, now, this.#wholeLatencies);
    if (now >= this.from && now < this.to) this.#done++;
    if (this.sendsOn) this.send();
  }

  #refused(number, reason) {
    if (this.#errors++ === 0) console.error('refused:', reason);
    this.#awaited[number] = REFUSED;
    if (this.sendsOn) setTimeout(() => this.sendsOn && this.send(), 5);
  }

  /** Of messages that were due while it is measured. */
  #note(number, now, latencies) {
    if (this.#dueAt[number] >= this.from && this.#dueAt[number] < this.to) latencies.push(now - this.#dueAt[number]);
  }
}
