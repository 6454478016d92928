import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, needsRehash, verify } from 'argon2';
import { Unavailable } from '../platform/errors/refusal.js';
import { Metrics } from '../platform/metrics/metrics.js';

/** OWASP's minimum for argon2id (this library's default variant); raising it re-hashes at the next sign-in. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/**
 * Hashes run on libuv's four threads, of which one stays free for file access; and one processor stays free for all else, or
 * everybody waits behind a login flood: with three hashes on two processors a read took a second instead of ten milliseconds.
 */
const MOST_AT_ONCE = Math.min(3, Math.max(1, availableParallelism() - 1));
/** Three quarters of a second when one hash runs at a time. Who finds no place is told so at once. */
const MOST_WAITING = 24;
/** Longer than a full queue takes on a busy machine: who has a place is not sent away after all. */
const LONGEST_WAIT_MS = 3_000;

/** Argon2id of client-derived secrets, a few at a time. */
@Injectable()
export class SecretHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(metrics: Metrics) {
    metrics.gauge({
      name: 'sealpost_secret_hashes_running',
      help: 'Secrets that are being hashed for a sign-in or a new account.',
      read: () => this.running,
    });
    metrics.gauge({
      name: 'sealpost_secret_hashes_waiting',
      help: 'Secrets that wait to be hashed.',
      read: () => this.waiting.length,
    });
  }

  /** Before anything is looked up: in a flood, what is refused has to cost little. @throws {Unavailable} when the queue is full. */
  demandRoom(): void {
    if (this.running >= MOST_AT_ONCE && this.waiting.length >= MOST_WAITING)
      throw new Unavailable('Too many sign-ins at once.');
  }

  async hash(secret: Buffer): Promise<string> {
    return this.oneOfFew(() => hash(secret, PARAMETERS));
  }

  async matches(stored: string, secret: Buffer): Promise<boolean> {
    return this.oneOfFew(() => verify(stored, secret));
  }

  isOutdated(stored: string): boolean {
    return needsRehash(stored, PARAMETERS);
  }

  /** @throws {Unavailable} when the queue is full or a place takes too long. */
  private async oneOfFew<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MOST_AT_ONCE) await this.placeInQueue();
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // A place is handed over, not given back and taken again, so that nobody slips in between.
      if (next === undefined) this.running--;
      else next();
    }
  }

  private placeInQueue(): Promise<void> {
    this.demandRoom();
    return new Promise((resolve, reject) => {
      const start = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(new Unavailable('Too many sign-ins at once.'));
      }, LONGEST_WAIT_MS);
      this.waiting.push(start);
    });
  }
}
