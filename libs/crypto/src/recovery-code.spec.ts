import { hkdfSync } from 'node:crypto';
import { bitsTurned } from '#testing';
import {
  deriveRecoveryKeys,
  newRecoveryCode,
  readRecoveryCode,
  unwrapRecoveredRoot,
  wrapRootForRecovery,
  writeRecoveryCode,
} from './recovery-code.js';
import type { Bytes } from './sealing.js';

const COUNTED: Bytes = Uint8Array.from({ length: 32 }, (_none, n) => n);
/** Computed by another implementation (Node's `crypto`): how codes are written, which no release may change. */
const GOLDEN = {
  code: '000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFH-R02H',
  recoveryKey: '97a3cded75ced19fd0433e6bb9d6b5c1dd9c9a6c18313c952dffc010f8c4d0e3',
  wrapKey: '9459042b4c73ee4b5b54f5a7f8187a8618731fdf95849373c005a49717ac31a8',
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a recovery code', () => {
  it('is written as it always was, in groups that people can copy', async () => {
    expect(await writeRecoveryCode(COUNTED)).toBe(GOLDEN.code);
    expect(GOLDEN.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('is read as it was written, whatever it is', async () => {
    const codes = [
      COUNTED,
      new Uint8Array(32),
      new Uint8Array(32).fill(255),
      ...Array.from({ length: 50 }, newRecoveryCode),
    ];
    for (const code of codes) expect(await readRecoveryCode(await writeRecoveryCode(code))).toEqual(code);
  });

  it('is read in small letters, with letters for digits, and with other gaps', async () => {
    for (const typed of [
      GOLDEN.code.toLowerCase(),
      GOLDEN.code.replaceAll('-', ''),
      ` ${GOLDEN.code.replaceAll('-', ' ')}\n`,
      GOLDEN.code.replaceAll('0', 'O').replaceAll('1', 'l'),
      GOLDEN.code.replaceAll('0', 'o').replaceAll('1', 'I'),
    ])
      expect(await readRecoveryCode(typed)).toEqual(COUNTED);
  });

  it('with any letter wrong is refused, and so are two that changed places', async () => {
    const letters = GOLDEN.code.replaceAll('-', '');
    for (let n = 0; n < letters.length; n++) {
      const wrong = letters[n] === 'Z' ? 'Y' : 'Z';
      const typed = [letters.slice(0, n) + wrong + letters.slice(n + 1)];
      if (n > 0 && letters[n] !== letters[n - 1])
        typed.push(letters.slice(0, n - 1) + letters[n]! + letters[n - 1]! + letters.slice(n + 1));
      for (const one of typed) await expect(readRecoveryCode(one)).rejects.toMatchObject({ code: 'not_a_code' });
    }
  });

  it.each(['', 'recovery', GOLDEN.code.slice(1), `${GOLDEN.code}0`, GOLDEN.code.replace('0', 'U'), '☃'.repeat(56)])(
    'is not %s',
    async (text) => {
      await expect(readRecoveryCode(text)).rejects.toMatchObject({ name: 'CryptoError', code: 'not_a_code' });
    },
  );

  it('is random, and never the same', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => hex(newRecoveryCode()))).size).toBe(1_000);
  });
});

describe('the keys of a recovery code', () => {
  it('are those of another implementation', async () => {
    const { recoveryKey, wrapKey } = await deriveRecoveryKeys(COUNTED);
    expect([hex(recoveryKey), hex(wrapKey)]).toEqual([GOLDEN.recoveryKey, GOLDEN.wrapKey]);
    const [auth, wrap] = ['sealpost recovery auth 1', 'sealpost recovery wrap 1'].map((label) =>
      Buffer.from(hkdfSync('sha256', COUNTED, new Uint8Array(), Buffer.from(label), 32)).toString('hex'),
    );
    expect([auth, wrap]).toEqual([GOLDEN.recoveryKey, GOLDEN.wrapKey]);
  });
});

describe('the root under a recovery code', () => {
  const root = crypto.getRandomValues(new Uint8Array(32));

  it('is opened with the code, for the account it is of', async () => {
    const wrapping = { accountId: 'ada', ...(await deriveRecoveryKeys(newRecoveryCode())) };
    const wrapped = await wrapRootForRecovery(root, wrapping);
    expect(await unwrapRecoveredRoot(wrapped, wrapping)).toEqual(root);
    const other = await deriveRecoveryKeys(newRecoveryCode());
    for (const wrong of [
      { ...wrapping, accountId: 'bob' },
      { ...wrapping, wrapKey: other.wrapKey },
    ])
      await expect(unwrapRecoveredRoot(wrapped, wrong)).rejects.toMatchObject({ code: 'cannot_open' });
    for (const turned of bitsTurned(wrapped))
      await expect(unwrapRecoveredRoot(turned, wrapping)).rejects.toMatchObject({ code: 'cannot_open' });
    const short = await wrapRootForRecovery(root.slice(1), wrapping);
    await expect(unwrapRecoveredRoot(short, wrapping)).rejects.toMatchObject({ code: 'cannot_open' });
  });
});
