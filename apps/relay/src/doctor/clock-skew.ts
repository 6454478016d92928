import { fail, type Finding, ok, warn } from './finding.js';

/** Access tokens are taken with five seconds of leeway; times of messages are not corrected at all. */
const SKEW_TO_WARN_MS = 2_000;
const SKEW_TO_FAIL_MS = 5_000;

/** Of another clock against that of this machine. */
export function skew(what: string, ms: number): Finding {
  const seconds = `${(Math.abs(ms) / 1000).toFixed(1)} s ${ms < 0 ? 'behind' : 'ahead of'} this machine's`;
  if (!(Math.abs(ms) < SKEW_TO_FAIL_MS)) return fail(what, `${seconds}: set both by NTP`);
  if (Math.abs(ms) > SKEW_TO_WARN_MS) return warn(what, `${seconds}: set both by NTP`);
  return ok(what, 'agrees with that of this machine');
}
