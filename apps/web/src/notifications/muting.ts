/** For how long a browser tells of nothing. */
export const MUTINGS = ['off', 'hour', 'day', 'ever'] as const;
export type MutingChoice = (typeof MUTINGS)[number];

/** What was chosen, and until when it holds, in milliseconds since 1970; null for good. */
export interface Muting {
  readonly choice: MutingChoice;
  readonly untilMs: number | null;
}

export const NOT_MUTED: Muting = { choice: 'off', untilMs: null };
const HOUR_MS = 3_600_000;
const LASTS_MS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;

export function isMutingChoice(value: unknown): value is MutingChoice {
  return MUTINGS.some((choice) => choice === value);
}

export function mutingFrom(choice: MutingChoice, nowMs: number): Muting {
  return { choice, untilMs: choice === 'hour' || choice === 'day' ? nowMs + LASTS_MS[choice] : null };
}

/** What holds at a time: what is over is as if it had never been. */
export function inForce(chosen: Muting, nowMs: number): Muting {
  const isOver = chosen.untilMs !== null && chosen.untilMs <= nowMs;
  return isOver ? NOT_MUTED : chosen;
}

/** As it is stored. */
export function textOf({ choice, untilMs }: Muting): string {
  return untilMs === null ? choice : `${choice} ${String(untilMs)}`;
}

/** What was stored; what is no text of ours mutes nothing. */
export function mutingIn(text: string): Muting {
  const [, choice, until] = /^([a-z]+)(?: ([1-9]\d{0,15}))?$/.exec(text) ?? [];
  return isMutingChoice(choice) ? { choice, untilMs: until === undefined ? null : Number(until) } : NOT_MUTED;
}
