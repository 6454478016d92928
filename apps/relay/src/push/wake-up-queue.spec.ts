import { type DeviceId, DURATIONS } from '#protocol';
import { WakeUpQueue } from './wake-up-queue.js';

const device = (n: number): DeviceId => `0198c5a0-3f4e-7d3a-8b58-${String(n).padStart(12, '0')}` as DeviceId;
const [ONE, OTHER] = [device(1), device(2)];
const APART_MS = DURATIONS.wakeUpsApartSeconds * 1_000;
const HOUR_MS = 3_600_000;

describe('a queue of devices to wake', () => {
  it('hands out each once, however often it is wanted', () => {
    const queue = new WakeUpQueue();
    for (let n = 0; n < 3; n++) queue.want(ONE, 0);
    queue.want(OTHER, 0);
    expect(queue.take(0, 10)).toEqual([ONE, OTHER]);
    expect(queue.take(0, 10)).toEqual([]);
  });

  it('hands out no more than asked for', () => {
    const queue = new WakeUpQueue();
    for (let n = 0; n < 5; n++) queue.want(device(n), 0);
    expect(queue.take(0, 2)).toHaveLength(2);
    expect(queue.take(0, 10)).toHaveLength(3);
  });

  it('lets a device rest that was woken, and keeps what came meanwhile', () => {
    const queue = new WakeUpQueue();
    queue.want(ONE, 0);
    queue.take(0, 1);
    queue.want(ONE, 10);
    expect(queue.take(10, 1)).toEqual([]);
    queue.sent(ONE, 20);
    expect(queue.take(APART_MS, 1)).toEqual([]);
    expect(queue.take(APART_MS + 20, 1)).toEqual([ONE]);
  });

  it('tries again what failed, later each time, and gives up until there is something new', () => {
    const queue = new WakeUpQueue();
    queue.want(ONE, 0);
    let nowMs = 0;
    for (const waitMs of [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600].map((seconds) => seconds * 1_000)) {
      expect(queue.take(nowMs, 1)).toEqual([ONE]);
      queue.failed(ONE, nowMs);
      expect(queue.take(nowMs + waitMs - 1, 1)).toEqual([]);
      nowMs += waitMs;
    }
    expect(queue.take(nowMs, 1)).toEqual([ONE]);
    queue.failed(ONE, nowMs);
    expect(queue.take(nowMs + 24 * HOUR_MS, 1)).toEqual([]);
    queue.want(ONE, nowMs);
    expect(queue.take(nowMs + HOUR_MS - 1, 1)).toEqual([]);
    expect(queue.take(nowMs + HOUR_MS, 1)).toEqual([ONE]);
  });

  it('waits as long as it is asked to, up to a day', () => {
    const queue = new WakeUpQueue();
    for (const one of [ONE, OTHER]) queue.want(one, 0);
    queue.take(0, 2);
    queue.failed(ONE, 0, 90_000);
    queue.failed(OTHER, 0, 1_000 * HOUR_MS);
    expect(queue.take(89_999, 2)).toEqual([]);
    expect(queue.take(90_000, 2)).toEqual([ONE]);
    expect(queue.take(24 * HOUR_MS, 2)).toEqual([OTHER]);
  });

  it('begins anew after a success', () => {
    const queue = new WakeUpQueue();
    queue.want(ONE, 0);
    queue.take(0, 1);
    queue.failed(ONE, 0);
    queue.take(5_000, 1);
    queue.sent(ONE, 5_000);
    queue.want(ONE, 5_000);
    queue.take(5_000 + APART_MS, 1);
    queue.failed(ONE, 100_000);
    expect(queue.take(105_000, 1)).toEqual([ONE]);
  });

  it('does not come back to what was refused by itself, nor soon', () => {
    const queue = new WakeUpQueue();
    queue.want(ONE, 0);
    queue.take(0, 1);
    queue.refused(ONE, 0);
    expect(queue.take(2 * HOUR_MS, 1)).toEqual([]);
    queue.want(ONE, 1_000);
    expect(queue.take(HOUR_MS - 1, 1)).toEqual([]);
    expect(queue.take(HOUR_MS, 1)).toEqual([ONE]);
  });

  it('is bounded', () => {
    const queue = new WakeUpQueue();
    const answers = Array.from({ length: 20_001 }, (_none, n) => queue.want(device(n), 0));
    expect(answers.filter((hasRoom) => !hasRoom)).toHaveLength(1);
    expect(queue.want(device(7), 0)).toBe(true);
  });

  it('lets go of rests that are over', () => {
    const queue = new WakeUpQueue();
    queue.want(ONE, 0);
    queue.take(0, 1);
    queue.sent(ONE, 0);
    queue.tidy(APART_MS + 1);
    queue.want(ONE, 1);
    expect(queue.take(1, 1)).toEqual([ONE]);
  });
});
