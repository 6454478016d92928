import { MFA_RECOVERY_CODE_PATTERN } from '#protocol';
import { newRecoveryCodes, slotOf } from './recovery-codes.js';

describe('recovery codes', () => {
  it('are ten, each with its place in front', () => {
    const codes = newRecoveryCodes();
    expect(codes.map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { slot, text } of codes) {
      expect(text).toMatch(new RegExp(MFA_RECOVERY_CODE_PATTERN));
      expect(slotOf(text)).toBe(slot);
    }
  });

  it('use all letters, and never come twice', () => {
    const secrets = Array.from({ length: 100 }, newRecoveryCodes)
      .flat()
      .map(({ text }) => text.slice(3));
    expect(new Set(secrets).size).toBe(1_000);
    expect(new Set(secrets.join('').replaceAll('-', '')).size).toBe(32);
  });
});
