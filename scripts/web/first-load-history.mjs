import { existsSync, readFileSync } from 'node:fs';
import { asKilobytes, MOST_FIRST_LOAD_BYTES } from './first-load.mjs';

export const HISTORY_FILE = 'docs/evidence/first-load.json';
export const CHART_FILE = 'docs/evidence/first-load.svg';

/** By so much it may exceed the last entry before there has to be a new one. */
const MOST_UNRECORDED_GROWTH = 0.05;

/** @returns the entries, the oldest first. */
export function readHistory() {
  return existsSync(HISTORY_FILE) ? JSON.parse(readFileSync(HISTORY_FILE, 'utf8')) : [];
}

/** @returns what is wrong with a build's first load, in words; nothing if it is as it should be. */
export function faultsOf(bytes, history) {
  const faults = [];
  if (bytes > MOST_FIRST_LOAD_BYTES)
    faults.push(`The first load is ${asKilobytes(bytes)}, of ${asKilobytes(MOST_FIRST_LOAD_BYTES)} at most.`);
  const last = history.at(-1);
  if (last === undefined) faults.push('No first load is recorded: npm run web:chart.');
  else if (bytes > last.bytes * (1 + MOST_UNRECORDED_GROWTH))
    faults.push(
      `The first load has grown from ${asKilobytes(last.bytes)} at ${last.commit} to ${asKilobytes(bytes)}. ` +
        'If it has to, record it: npm run web:chart.',
    );
  return faults;
}

/** @returns the history with one more entry, with a newer one of the same commit, or as it was if there is nothing new. */
export function withEntry(history, entry) {
  const last = history.at(-1);
  const isKnown = last?.version === entry.version && JSON.stringify(last.groups) === JSON.stringify(entry.groups);
  if (isKnown) return history;
  return [...(last?.commit === entry.commit ? history.slice(0, -1) : history), entry];
}

/** @returns the line that CI shows. */
export function asLine(bytes, history) {
  const last = history.at(-1);
  const change = last === undefined ? 'none recorded' : `${asSigned(bytes / last.bytes - 1)} against ${last.commit}`;
  return `first load: ${asKilobytes(bytes)} gzip, of ${asKilobytes(MOST_FIRST_LOAD_BYTES)} at most; ${change}`;
}

function asSigned(share) {
  return `${share < 0 ? '−' : '+'}${(Math.abs(share) * 100).toFixed(1)} %`;
}
