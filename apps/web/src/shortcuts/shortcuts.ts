/** What a key does, wherever the focus is. */
export type Shortcut = 'search' | 'begin' | 'next' | 'previous' | 'back' | 'help';

/** What is to be known of a key that was pressed. */
export interface PressedKey {
  readonly key: string;
  /** The place of the key, whatever stands on it with Alt held down. */
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** @param isText whether a character stands for itself, as while somebody types: then only keys count that are none. */
export function shortcutOf({ key, code, altKey, ctrlKey, metaKey }: PressedKey, isText: boolean): Shortcut | undefined {
  const isHeld = { command: ctrlKey || metaKey, alt: altKey };
  const held = (['command', 'alt'] as const).filter((one) => isHeld[one]).map((one) => `${one} `);
  if (isText && held.length === 0 && isCharacter(key)) return undefined;
  return BY_PLACE[`${held.join('')}${code}`] ?? BY_CHARACTER[`${held.join('')}${key}`];
}

const BY_PLACE: Readonly<Record<string, Shortcut>> = {
  'command KeyK': 'search',
  'alt KeyN': 'begin',
  'alt ArrowDown': 'next',
  'alt ArrowUp': 'previous',
  Escape: 'back',
};
const BY_CHARACTER: Readonly<Record<string, Shortcut>> = { 'command /': 'help', '?': 'help' };

/** What the keys of a shortcut are called, as its dialog lists them: each list is one way to do it. */
export const SHORTCUT_KEYS = {
  search: [['command', 'K']],
  begin: [['alt', 'N']],
  next: [['alt', '↓']],
  previous: [['alt', '↑']],
  send: [['enter']],
  newLine: [['shift', 'enter']],
  back: [['escape']],
  help: [['?'], ['command', '/']],
} as const satisfies Readonly<Record<string, readonly (readonly string[])[]>>;

/** Whether it is done by a character alone. */
export function isSingleKey([first = '', ...others]: readonly string[]): boolean {
  return others.length === 0 && isCharacter(first);
}

/** Keys that put nothing into a text have longer names. */
function isCharacter(key: string): boolean {
  return key.length === 1;
}

/** From what is open to what it belongs to; undefined where nothing is. */
export function stepBack(path: string): string | undefined {
  const [, area, id, people, accountId] = path.split('/');
  if (area === undefined || area === '') return undefined;
  if (area !== 'chats' || people === undefined) return '/';
  return accountId === undefined ? `/chats/${id ?? ''}` : `/chats/${id ?? ''}/${people}`;
}

/** The one before or after in a list; from none, the first. */
export function neighbour(ids: readonly string[], current: string | undefined, step: 1 | -1): string | undefined {
  const index = ids.indexOf(current ?? '');
  return index === -1 ? ids[0] : ids[index + step];
}
