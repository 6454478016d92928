import { dictionary } from '@zxcvbn-ts/language-common';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { checkNewPassword, isWeakPassword } from './password-rule.js';

const COMMONEST = dictionary['passwords-common'].slice(0, 3_000);

describe('a password that somebody chooses', () => {
  it('is none of the 3,000 commonest, in whatever case (C-03)', () => {
    expect(COMMONEST).toHaveLength(3_000);
    expect(COMMONEST.filter((password) => !isWeakPassword(password, 'ada'))).toEqual([]);
    expect(COMMONEST.filter((password) => !isWeakPassword(password.toUpperCase(), 'ada'))).toEqual([]);
  });

  it('is compared with no more than it takes', () => {
    expect([...COMMON_PASSWORDS]).toEqual(COMMONEST.filter((password) => password.length >= 8));
  });

  it.each([
    'sealpost',
    'SealPost',
    'ada.lovelace',
    'sealpost-ada.lovelace',
    'ada.lovelace1815',
    'Ada.LovelaceAda.Lovelace',
    'sealpost2026',
  ])('is not little more than a name: %s (C-03)', (password) => {
    expect(isWeakPassword(password, 'ada.lovelace')).toBe(true);
  });

  it.each(['', 'short', '1234567', '🔑🔑🔑🔑🔑🔑🔑'])('has eight characters at least, which %s has not', (password) => {
    expect(isWeakPassword(password, 'ada')).toBe(true);
  });

  it.each(['correct horse battery staple', 'ada likes seven quiet lanterns', 'ｃｏｒｒｅｃｔ ｈｏｒｓｅ'])(
    'may be %s',
    (password) => {
      expect(isWeakPassword(password, 'ada')).toBe(false);
    },
  );

  it('is told to be too weak, and not repeated', () => {
    expect(() => {
      checkNewPassword('password1', 'ada');
    }).toThrow(
      expect.objectContaining({ code: 'weak_password', message: expect.not.stringContaining('password1') as string }),
    );
  });
});
