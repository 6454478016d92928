const KEY = 'sealpost.devices-seen-at';

/** When the list of devices was looked at last; undefined before the first time. */
export function lastLookMs(): number | undefined {
  const stored = Number(localStorage.getItem(KEY));
  return stored > 0 ? stored : undefined;
}

export function rememberLook(atMs: number): void {
  localStorage.setItem(KEY, String(atMs));
}
