/** Medians of what was measured, and the ratios of the relay's to those of what it was measured beside. */
import { median, rounded } from './figures.mjs';

export const RELAY = 'sealpost';

/** Counted over all rounds: a single one is too many. */
const FAULTS = ['errors', 'lost', 'twice'];

/**
 * @param results of all rounds. @param unmatched says of a load why nothing can be measured beside it, if that is so.
 * @returns for each load the figures of the relay, and if it was measured beside something, that one's name and figures, and the ratios.
 */
export function summaryOf(results, unmatched) {
  const loads = [...new Set(results.map(({ load }) => load))];
  return Object.fromEntries(
    loads.map((load) => {
      const ofLoad = results.filter((one) => one.load === load);
      return [load, summaryOfLoad(ofLoad, unmatched(load))];
    }),
  );
}

function summaryOfLoad(results, alone) {
  const figures = mediansOf(results.filter(({ server }) => server === RELAY));
  const besides = results.filter(({ server }) => server !== RELAY);
  if (besides.length === 0) return { figures, alone };
  const theirs = mediansOf(besides);
  return { figures, beside: besides[0].server, theirs, ratios: ratiosOf(figures, theirs) };
}

function mediansOf(results) {
  const keys = Object.keys(results[0]?.figures ?? {});
  return Object.fromEntries(
    keys.map((key) => {
      const values = results.map(({ figures }) => figures[key] ?? undefined);
      return [key, FAULTS.includes(key) ? values.reduce((sum, value) => sum + value, 0) : median(values)];
    }),
  );
}

function ratiosOf(figures, theirs) {
  const both = Object.keys(figures).filter((key) => figures[key] !== undefined && theirs[key]);
  return Object.fromEntries(both.map((key) => [key, rounded(figures[key] / theirs[key])]));
}

/** What went wrong in a run, in words: then its figures are none. */
export function faultsOf({ loads }) {
  return Object.entries(loads).flatMap(([load, { figures, theirs = {} }]) =>
    FAULTS.flatMap((fault) => {
      const count = Math.max(figures[fault] ?? 0, theirs[fault] ?? 0);
      return count > 0 ? [`${load}: ${count} ${fault}`] : [];
    }),
  );
}

/**
 * By how much ratios have changed since another run; figures, where there is nothing beside.
 * @returns a number for each load and figure that both runs have, 0.1 for one that is a tenth larger.
 */
export function changesSince(before, now) {
  const changes = Object.entries(now).map(([load, { figures, ratios = figures }]) => {
    const { figures: olderFigures = {}, ratios: older = olderFigures } = before?.[load] ?? {};
    const both = Object.keys(ratios).filter((key) => older[key] && ratios[key] !== undefined);
    return [load, Object.fromEntries(both.map((key) => [key, ratios[key] / older[key] - 1]))];
  });
  return Object.fromEntries(changes);
}

export function asChange(share) {
  return share === undefined ? undefined : `${share < 0 ? '−' : '+'}${(Math.abs(share) * 100).toFixed(1)} %`;
}
