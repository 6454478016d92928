import { createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { type Claims, encoded, type TokenForge } from '../e2e/token-forge.js';

/** What is wrong with a token, and how it is made. */
export type Forged = readonly [what: string, make: (forge: TokenForge) => string];

const OTHER_KEY = randomBytes(32);

const CLAIMS: readonly (readonly [string, (forge: TokenForge) => Claims])[] = [
  ...['iss', 'aud', 'exp', 'nbf', 'typ', 'sid', 'did', 'sub'].map(
    (claim) => [`without ${claim}`, () => ({ [claim]: undefined })] as const,
  ),
  ['that has expired', ({ nowSeconds }) => ({ exp: nowSeconds - 10 })],
  ['of the future', ({ nowSeconds }) => ({ nbf: nowSeconds + 60 })],
  ['with an expiry that is text', () => ({ exp: '99999999999' })],
  ['with an expiry that is a fraction', () => ({ exp: 99_999_999_999.5 })],
  ['with an expiry that is null', () => ({ exp: null })],
  ['of another issuer', () => ({ iss: 'evil' })],
  ['of a list of issuers', () => ({ iss: ['sealpost'] })],
  ['for another audience', () => ({ aud: 'sealpost' })],
  ['that is a refresh token by its kind', () => ({ typ: 'refresh' })],
  ['with its kind in capitals', () => ({ typ: 'ACCESS' })],
  ['of another account', () => ({ sub: randomUUID() })],
  ['of another device', () => ({ did: randomUUID() })],
  ['of a session that does not exist', () => ({ sid: randomUUID() })],
  ['of a session that is no id', () => ({ sid: "' OR 1=1 --" })],
  ['of a session that is a list', ({ user }) => ({ sid: [user.signedIn.sessionId] })],
  ['of an account that is an object', ({ user }) => ({ sub: { id: user.accountId } })],
];

const HEADERS: readonly (readonly [string, Claims])[] = [
  ['no algorithm', { alg: undefined }],
  ['alg none', { alg: 'none' }],
  ['alg None', { alg: 'None' }],
  ['alg in small letters', { alg: 'hs256' }],
  ['a list of algorithms', { alg: ['HS256'] }],
  ...['HS384', 'HS512', 'RS256', 'RS512', 'PS256', 'ES256', 'ES256K', 'EdDSA', 'A256KW', 'dir'].map(
    (alg) => [`alg ${alg}`, { alg }] as const,
  ),
  ['no kid', { kid: undefined }],
  ['an empty kid', { kid: '' }],
  ['a kid nobody has', { kid: 'k2' }],
  ['a kid that is a path', { kid: '../../../../dev/null' }],
  ['a kid that is SQL', { kid: "k1' OR '1'='1" }],
  ['a kid of every object', { kid: '__proto__' }],
  ['a kid that is a method', { kid: 'constructor' }],
  ['a kid that is a list', { kid: ['k1'] }],
  ['a kid that is a number', { kid: 1 }],
];

/** Keys that a token brings along, or tells where to find. */
const BROUGHT_KEYS: readonly (readonly [string, Claims])[] = [
  ['a jwk', { jwk: { kty: 'oct', k: OTHER_KEY.toString('base64url'), kid: 'k1' } }],
  ['a jku', { jku: 'https://evil.example/keys' }],
  ['an x5u', { x5u: 'https://evil.example/x5u', x5c: ['MIIB'] }],
];

const SIGNATURES: readonly Forged[] = [
  ['signed by EdDSA, truly', signedByEdDsa],
  ['signed by HS512, truly', signedByHs512],
  ['without signature', (forge) => forge.token().replace(/[^.]+$/, '')],
  ['without the last dot', (forge) => forge.token().replace(/\.[^.]+$/, '')],
  ['signed with nothing', (forge) => forge.token({ key: '' })],
  ['signed with the text of the key', (forge) => forge.token({ key: forge.key.toString('base64url') })],
  [
    'with other claims under the same signature',
    (forge) => forge.token().replace(/\.[^.]+\./, `.${encoded(forge.claims({ sub: randomUUID() }))}.`),
  ],
];

const FORMS: readonly Forged[] = [
  ['with a part too many', (forge) => `${forge.token()}.${encoded('x')}`],
  ['with claims that are no object', (forge) => forge.token({ claims: '"text"' })],
  ['with claims that are a list', (forge) => forge.token({ claims: [forge.claims()] })],
  ['with claims that are no JSON', (forge) => forge.token({ claims: '{' })],
  ['with a header that is no JSON', (forge) => `${encoded('{')}.${encoded(forge.claims())}.AAAA`],
  ['of five parts, as an encrypted one has', () => `${encoded({ alg: 'dir', enc: 'A256GCM' })}....`],
  ['that is very long', (forge) => forge.token({ claims: forge.claims({ more: 'x'.repeat(4_000) }) })],
  ['that is a refresh token', ({ user }) => user.signedIn.refreshToken],
  ['that is the flattened JSON of one', (forge) => flattened(forge)],
  ['that is the general JSON of one', (forge) => JSON.stringify({ ...JSON.parse(flattened(forge)), signatures: [] })],
  ['that is nothing', () => ''],
  ['that is dots', () => '..'],
];

/** Each with one thing wrong, and all else as the relay would have it, down to a signature by its own key where possible. */
export const FORGED_TOKENS: readonly Forged[] = [
  ...CLAIMS.map(([what, change]): Forged => [what, (forge) => forge.token({ claims: forge.claims(change(forge)) })]),
  ...HEADERS.map(([what, header]): Forged => [`with ${what} in its header`, (forge) => forge.token({ header })]),
  ...BROUGHT_KEYS.map(([what, header]): Forged => [
    `signed by ${what} of its own`,
    (forge) => forge.token({ header, key: OTHER_KEY }),
  ]),
  ...SIGNATURES,
  ...FORMS,
];

function signedByEdDsa(forge: TokenForge): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signed = `${encoded({ alg: 'EdDSA', typ: 'JWT', kid: 'k1' })}.${encoded(forge.claims())}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}

function signedByHs512(forge: TokenForge): string {
  const signed = `${encoded({ alg: 'HS512', typ: 'JWT', kid: 'k1' })}.${encoded(forge.claims())}`;
  return `${signed}.${createHmac('sha512', forge.key).update(signed).digest('base64url')}`;
}

function flattened(forge: TokenForge): string {
  const [header, payload, signature] = forge.token().split('.');
  return JSON.stringify({ protected: header, payload, signature });
}
