import { AccountError } from './account.errors.js';
import { COMMON_PASSWORDS } from './common-passwords.js';

const LEAST_CHARS = 8;
const PRODUCT = 'sealpost';

/**
 * Whether somebody who tries what people choose would find it: one of the 3,000 commonest passwords, or one with fewer than eight
 * characters beside the username and the name of the product. The relay cannot look, as it never has a password. Apps should ask
 * for more, by an estimator.
 */
export function isWeakPassword(password: string, username: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  const rest = [PRODUCT, username.toLowerCase()].reduce((text, word) => text.replaceAll(word, ''), folded);
  return Array.from(rest).length < LEAST_CHARS || COMMON_PASSWORDS.has(folded);
}

/** For a password that somebody chooses, before anything is derived from it. @throws {AccountError} `weak_password` */
export function checkNewPassword(password: string, username: string): void {
  if (isWeakPassword(password, username))
    throw new AccountError(
      'weak_password',
      'It is too short, among the commonest passwords, or little more than a name.',
    );
}
