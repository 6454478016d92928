const DAY_MS = 86_400_000;

/** From when on reports are kept. */
export function keptSince(at: Date, days: number): Date {
  return new Date(at.getTime() - days * DAY_MS);
}

/** Until when a report is kept. */
export function keptUntil(filedAt: Date, days: number): Date {
  return new Date(filedAt.getTime() + days * DAY_MS);
}
