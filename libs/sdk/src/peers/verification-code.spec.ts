import { readVerificationCode, writeVerificationCode } from './verification-code.js';

describe('a verification code', () => {
  it('is the text that docs/protocol.md gives, and is read as it was written', () => {
    const verification = { accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', fingerprint: '21fe'.repeat(16) };
    const bytes = Buffer.from(`0198c5a03f4e7d3a8b581f7f2a6c0d11${verification.fingerprint}`, 'hex');
    const code = writeVerificationCode(verification);
    expect(code).toBe(`sealpost-verify:1.${bytes.toString('base64url')}`);
    expect(readVerificationCode(code)).toEqual(verification);
  });
});
