import { digestOf, mintRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.js';

describe('refresh tokens (C-11)', () => {
  it('carry 256 random bits in base64url', () => {
    const tokens = Array.from({ length: 100 }, mintRefreshToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('are stored as SHA-256 of their text', () => {
    expect(digestOf('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('open the successor that was sealed for them', () => {
    const [token, successor] = [mintRefreshToken(), mintRefreshToken()];
    expect(openSuccessor(token, sealSuccessor(token, successor))).toBe(successor);
  });

  it('seal differently each time and show nothing of the successor', () => {
    const [token, successor] = [mintRefreshToken(), mintRefreshToken()];
    const sealed = sealSuccessor(token, successor);
    expect(sealed.equals(sealSuccessor(token, successor))).toBe(false);
    expect(sealed.includes(successor)).toBe(false);
  });

  it('do not open the successor of another token', () => {
    const sealed = sealSuccessor(mintRefreshToken(), mintRefreshToken());
    expect(() => openSuccessor(mintRefreshToken(), sealed)).toThrow();
  });

  it('do not open a successor that was altered, at any byte', () => {
    const token = mintRefreshToken();
    const sealed = sealSuccessor(token, mintRefreshToken());
    for (let index = 0; index < sealed.length; index++) {
      const altered = Buffer.from(sealed);
      altered[index]! ^= 1;
      expect(() => openSuccessor(token, altered)).toThrow();
    }
  });
});
