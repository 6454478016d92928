import {
  MAX_PROVISIONED_CONTACTS,
  type Provisioning,
  provisioningBytes,
  readProvisioning,
  rejectionBytes,
} from './provisioning.js';
import { LIMITS } from './limits.js';

const ACCOUNT = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';
const PROVISIONING: Provisioning = {
  accountId: ACCOUNT,
  username: 'ada',
  kdf: { algorithm: 'argon2id', salt: 'c2FsdHNhbHRzYWx0c2FsdA', memoryKiB: 65_536, iterations: 3, parallelism: 1 },
  identityKey: new Uint8Array(32).fill(1),
  archive: { archiveId: '7b3c1a52-0a57-4f6e-9d41-3d7e0c2b9f10', key: new Uint8Array(32).fill(2) },
  contacts: [{ accountId: ACCOUNT.replace('0d11', '0d12'), username: 'grace', fingerprint: 'ab'.repeat(32) }],
};

describe('what an old device hands over', () => {
  it('is read as it was written, with either way of deriving keys', () => {
    expect(readProvisioning(provisioningBytes(PROVISIONING))).toEqual(PROVISIONING);
    const kdf = { algorithm: 'pbkdf2-sha256', salt: 'c2FsdHNhbHRzYWx0c2FsdA', iterations: 600_000 } as const;
    const other = { ...PROVISIONING, kdf, contacts: [] };
    expect(readProvisioning(provisioningBytes(other))).toEqual(other);
    expect(readProvisioning(rejectionBytes())).toBe('rejected');
  });

  it('has the form it always had', async () => {
    const hash = await crypto.subtle.digest('SHA-256', provisioningBytes(PROVISIONING));
    expect(Buffer.from(hash).toString('hex')).toBe('6bb5998654dbe6424a45ac48f5ed7e7a6a70bf9ef130ac6fc6c56044f0c1be80');
  });

  it('fits into a slot with as many contacts as it may have, whatever they are called', () => {
    const contact = { accountId: ACCOUNT, username: 'x'.repeat(LIMITS.usernameChars), fingerprint: 'ff'.repeat(32) };
    const contacts = Array.from({ length: MAX_PROVISIONED_CONTACTS }, () => contact);
    const username = 'y'.repeat(LIMITS.usernameChars);
    const full = provisioningBytes({ ...PROVISIONING, username, contacts });
    // What sealing adds: format, nonce and tag.
    expect(full.length + 29).toBeLessThanOrEqual(LIMITS.linkingProvisioningBytes);
    expect(readProvisioning(full)).toMatchObject({ contacts });
    const more = provisioningBytes({ ...PROVISIONING, contacts: [...contacts, contact] });
    expect(readProvisioning(more)).toBeUndefined();
  });

  it('is nothing when a byte is missing, or one too many', () => {
    const whole = provisioningBytes(PROVISIONING);
    for (let length = 0; length < whole.length; length++)
      expect(readProvisioning(whole.slice(0, length))).toBeUndefined();
    expect(readProvisioning(new Uint8Array([...whole, 0]))).toBeUndefined();
  });

  it.each<[string, Partial<Provisioning>]>([
    ['an account that is none', { accountId: 'ada' }],
    ['a name that is none', { username: 'Ada Lovelace' }],
    ['an identity key that is too short', { identityKey: new Uint8Array(31) }],
    ['an archive without an id', { archive: { archiveId: '', key: new Uint8Array(32) } }],
    ['an archive without a key', { archive: { archiveId: ACCOUNT, key: new Uint8Array() } }],
    ['a contact without a key', { contacts: [{ accountId: ACCOUNT, username: 'grace', fingerprint: '' }] }],
    ['a contact without a name', { contacts: [{ accountId: ACCOUNT, username: '', fingerprint: 'ab'.repeat(32) }] }],
  ])('is nothing with %s', (_case, wrong) => {
    expect(readProvisioning(provisioningBytes({ ...PROVISIONING, ...wrong }))).toBeUndefined();
  });
});
