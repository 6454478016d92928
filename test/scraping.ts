import { randomBytes } from 'node:crypto';
import { call, type Reply } from '#testing';

/** What an operator gives to Prometheus. */
export const SCRAPE_TOKEN = randomBytes(32).toString('base64url');

/** Reads the metrics of a relay, as Prometheus does. @param token what is shown; `null` for nothing. */
export function scrape(relay: { readonly url: string }, token: string | null = SCRAPE_TOKEN): Promise<Reply> {
  return call(relay, 'GET', '/metrics', token === null ? {} : { token });
}

/** One line of the metrics, taken apart. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** @throws for a line that is none of the text format (version 0.0.4) of Prometheus. */
export function seriesIn(text: string): Series[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name, labels = '', value] = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no line of metrics: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)",?/g)].map(([, key, text]) => [key!, text!]);
    return { name, labels: Object.fromEntries(pairs), value: Number(value) };
  });
}

/** The value of a series, found by some of its labels; 0 where there is none. */
export async function metric(
  relay: { readonly url: string },
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  const found = seriesIn((await scrape(relay)).body as string).filter(
    (series) =>
      series.name === name && Object.entries(labels).every(([label, value]) => series.labels[label] === value),
  );
  return found.reduce((sum, { value }) => sum + value, 0);
}
