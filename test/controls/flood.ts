import { millisOf } from './timings.js';

export interface FloodAnswer {
  readonly status: number;
  readonly ms: number;
}

interface Flood {
  readonly url: string;
  readonly seconds: number;
  readonly perSecond: number;
  readonly request: (index: number) => RequestInit;
}

/** Asks so many times a second, whether the answers keep up or not, and waits for all of them. */
export async function floodFor({ url, seconds, perSecond, request }: Flood): Promise<FloodAnswer[]> {
  const started = performance.now();
  const asked: Promise<FloodAnswer>[] = [];
  while (asked.length < seconds * perSecond) {
    const due = Math.ceil(((performance.now() - started) / 1_000) * perSecond);
    while (asked.length < Math.min(due, seconds * perSecond)) asked.push(answerTo(url, request(asked.length)));
    await new Promise((resolve) => setTimeout(resolve, 1_000 / perSecond));
  }
  return Promise.all(asked);
}

async function answerTo(url: string, request: RequestInit): Promise<FloodAnswer> {
  let status = 0;
  const ms = await millisOf(async () => {
    const response = await fetch(url, request);
    await response.arrayBuffer();
    ({ status } = response);
  });
  return { status, ms };
}
