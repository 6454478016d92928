import { isSingleKey, neighbour, type PressedKey, SHORTCUT_KEYS, shortcutOf, stepBack } from './shortcuts.js';

const pressed = (given: Partial<PressedKey>): PressedKey => ({
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...given,
});

describe('a key', () => {
  it.each([
    ['Ctrl+K', { ctrlKey: true, key: 'k', code: 'KeyK' }, 'search'],
    ['⌘K', { metaKey: true, key: 'k', code: 'KeyK' }, 'search'],
    ['Ctrl+/', { ctrlKey: true, key: '/', code: 'Slash' }, 'help'],
    ['Alt+↓', { altKey: true, key: 'ArrowDown', code: 'ArrowDown' }, 'next'],
    ['Alt+↑', { altKey: true, key: 'ArrowUp', code: 'ArrowUp' }, 'previous'],
    ['Alt+N on a Mac', { altKey: true, key: 'Dead', code: 'KeyN' }, 'begin'],
    ['Escape', { key: 'Escape', code: 'Escape' }, 'back'],
    ['AltGr+N', { altKey: true, ctrlKey: true, key: 'n', code: 'KeyN' }, undefined],
    ['K', { key: 'k', code: 'KeyK' }, undefined],
    ['↓', { key: 'ArrowDown', code: 'ArrowDown' }, undefined],
  ] as const)('%s is for what it stands for, while somebody types too', (_name, key, expected) => {
    for (const isTyping of [true, false]) expect(shortcutOf(pressed(key), isTyping)).toBe(expected);
  });

  it('that may be a part of a text is none while somebody types', () => {
    const question = pressed({ key: '?', code: 'Slash' });
    expect([shortcutOf(question, false), shortcutOf(question, true)]).toEqual(['help', undefined]);
  });
});

describe('what shows the shortcuts', () => {
  it('is a single key, and one that is left without single keys', () => {
    expect(SHORTCUT_KEYS.help.map(isSingleKey)).toEqual([true, false]);
  });

  it('alone is a single key: what goes back and what sends put nothing into a text', () => {
    const single = Object.entries(SHORTCUT_KEYS).filter(([, ways]) => ways.some(isSingleKey));
    expect(single.map(([name]) => name)).toEqual(['help']);
  });
});

describe('the way back', () => {
  it.each([
    ['/chats/one/people/ada', '/chats/one/people'],
    ['/chats/one/people', '/chats/one'],
    ['/chats/one', '/'],
    ['/settings', '/'],
    ['/settings/devices', '/'],
    ['/', undefined],
  ])('from %s leads to %s', (path, expected) => {
    expect(stepBack(path)).toBe(expected);
  });
});

describe('the next chat', () => {
  it.each([
    ['b', 1, 'c'],
    ['b', -1, 'a'],
    ['c', 1, undefined],
    ['a', -1, undefined],
    [undefined, 1, 'a'],
    ['gone', -1, 'a'],
  ] as const)('from %s by %d is %s', (current, step, expected) => {
    expect(neighbour(['a', 'b', 'c'], current, step)).toBe(expected);
  });
});
