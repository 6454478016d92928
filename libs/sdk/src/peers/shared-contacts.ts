import type { VaultClient } from '../account/vault-client.js';
import { mergeIntoVault } from '../account/vault-merge.js';
import { z } from '../shapes.js';
import { compactCodec } from '../store/codec.js';
import type { PeerDirectory } from './peer-directory.js';
import type { VerifiedContact } from './verified-contacts.js';

/** The vault's blob. */
const NAME = 'contacts';
/** A blob holds 64 KiB, and a contact takes about a hundred bytes: those decided about last are kept. */
const MOST_SHARED = 500;

const shape = z.object({
  form: z.literal(1),
  contacts: z.array(
    z.object({
      accountId: z.uuid(),
      username: z.string(),
      fingerprint: z.custom<Uint8Array>((bytes) => bytes instanceof Uint8Array && bytes.length === 32),
      isVerified: z.boolean(),
      decidedAtMs: z.int().nonnegative(),
    }),
  ),
});

const codec = compactCodec((stored) => shape.parse(stored));

/** Brings whom the user has verified to all devices of the account, by its vault, which no relay can read, change or roll back. */
export class SharedContacts {
  constructor(
    private readonly vault: VaultClient,
    private readonly peers: PeerDirectory,
    /** Told when another device has decided something. */
    private readonly onTaken: () => void,
  ) {}

  /**
   * Takes over what other devices have decided, and adds what this one has. Of two decisions the later one counts.
   *
   * @throws {AccountError} `vault_rolled_back`: nothing was taken over. @throws as `VaultClient` does.
   */
  async share(): Promise<void> {
    await mergeIntoVault(this.vault, NAME, async (blob) => {
      const known = blob === undefined ? [] : codec.decode(blob).contacts.map(contactOf);
      if (await this.peers.import(known)) this.onTaken();
      const merged = mergedContacts(known, await this.peers.export());
      return isSame(known, merged) ? undefined : codec.encode({ form: 1, contacts: merged.map(storedOf) });
    });
  }
}

type Stored = z.output<typeof shape>['contacts'][number];

function contactOf({ fingerprint, ...contact }: Stored): VerifiedContact {
  return { ...contact, fingerprint: Array.from(fingerprint, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

function storedOf({ fingerprint, ...contact }: VerifiedContact): Stored {
  const bytes = Array.from({ length: 32 }, (_none, n) => parseInt(fingerprint.slice(n * 2, n * 2 + 2), 16));
  return { ...contact, fingerprint: Uint8Array.from(bytes) };
}

/** The later decision about each, the latest first. */
function mergedContacts(one: readonly VerifiedContact[], other: readonly VerifiedContact[]): VerifiedContact[] {
  const merged = new Map<string, VerifiedContact>();
  for (const contact of [...one, ...other]) {
    const { accountId, decidedAtMs } = contact;
    if (decidedAtMs > (merged.get(accountId)?.decidedAtMs ?? -1)) merged.set(accountId, contact);
  }
  const latest = [...merged.values()].sort(
    (a, b) => b.decidedAtMs - a.decidedAtMs || (a.accountId < b.accountId ? -1 : 1),
  );
  return latest.slice(0, MOST_SHARED);
}

function isSame(one: readonly VerifiedContact[], other: readonly VerifiedContact[]): boolean {
  const textOf = (contacts: readonly VerifiedContact[]): string =>
    contacts.map((contact) => Object.values(storedOf(contact)).join(' ')).join();
  return one.length === other.length && textOf(one) === textOf(other);
}
