import { USERNAME_PATTERN } from '#protocol';

const USERNAME = new RegExp(USERNAME_PATTERN, 'u');

/** As people write it: with an @, or in capitals. */
export function toUsername(written: string): string {
  return written.trim().replace(/^@/, '').toLowerCase();
}

/** Each once, however they are separated. */
export function toUsernames(written: string): string[] {
  return [...new Set(written.split(/[\s,;]+/).map(toUsername))].filter((name) => name !== '');
}

export function isUsername(name: string): boolean {
  return USERNAME.test(name);
}

/** Whether somebody is named, and nothing else is. */
export function areUsernames(written: string): boolean {
  const names = toUsernames(written);
  return names.length > 0 && names.every(isUsername);
}
