import type { Seeded } from '#testing';

const WEIGHTS = {
  send: 10,
  add: 4,
  remove: 2,
  leave: 1,
  update: 2,
  role: 1,
  drop: 3,
  delay: 3,
  cut: 1,
  crash: 2,
  damage: 1,
  revoke: 1,
  device: 1,
} as const;

export type Kind = keyof typeof WEIGHTS;

/** What is to happen: to whom is worked out when it does, from these numbers and who there is by then. */
export interface PlannedStep {
  readonly kind: Kind;
  readonly who: number;
  readonly whom: number;
  /** Of whatever it is that the step has many or few of. */
  readonly count: number;
  /** Whether everything that is under way comes to its end first. */
  readonly isAlone: boolean;
}

const KINDS = (Object.keys(WEIGHTS) as Kind[]).flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind));
const MANY = 1_000_000;

/** The same for the same numbers, so that a shorter history is the beginning of a longer one. */
export function planOf(seeded: Seeded, steps: number): PlannedStep[] {
  return Array.from({ length: steps }, () => ({
    kind: seeded.pick(KINDS),
    who: seeded.between(0, MANY),
    whom: seeded.between(0, MANY),
    count: seeded.between(1, 6),
    isAlone: seeded.oneIn(4),
  }));
}
