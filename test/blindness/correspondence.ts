import { decodeBase64Url, deriveAccountKeys } from '#crypto';
import type { MessageContent } from '#protocol';
import { changePassword, MemoryStore, type OpenAccount, register, RelayClient, setUpRecovery } from '#sdk';
import { ACCOUNT_SECRETS, DEVICE_KEYS } from '../../libs/sdk/src/account/account-records.js';
import { DeviceSession } from '../../libs/sdk/src/device-session.js';
import { type Canary, hatch } from './canary.js';

/** Somebody with a device, whose every secret is a canary. */
export class Secretive {
  private constructor(
    readonly account: OpenAccount,
    readonly session: DeviceSession,
    readonly canaries: Canary[],
  ) {}

  static async register(url: string, username: string): Promise<Secretive> {
    const password = hatch();
    const account = await registered(url, username, password);
    return Secretive.of(account, [password]);
  }

  /** Who also has a recovery code, another password than at first, and something of their own in the vault. */
  static async withEverything(url: string, username: string): Promise<Secretive> {
    const [password, newPassword, item] = [hatch(), hatch(), hatch()];
    const account = await registered(url, username, password);
    const code = await setUpRecovery(account, password.text);
    await changePassword(account, password.text, newPassword.text);
    await account.vault.put('canary', Uint8Array.from(item.bytes), 0);
    return Secretive.of(account, [password, newPassword], [item, ofText(code)]);
  }

  private static async of(
    account: OpenAccount,
    passwords: readonly Canary[],
    others: readonly Canary[] = [],
  ): Promise<Secretive> {
    const session = new DeviceSession(account);
    await session.start();
    return new Secretive(account, session, [...passwords, ...others, ...(await madeSecrets(account, passwords))]);
  }

  /** All contents that it has of a conversation, oldest first. */
  async contents(conversationId: string): Promise<(MessageContent | null)[]> {
    const contents: (MessageContent | null)[] = [];
    for (let before: number | undefined; ;) {
      const page = await this.session.messages.history(conversationId, {
        limit: 200,
        signals: true,
        ...(before === undefined ? {} : { before }),
      });
      contents.push(...page.map(({ content }) => content));
      before = page.at(-1)?.seq;
      if (before === undefined) return contents.reverse();
    }
  }
}

async function registered(url: string, username: string, password: Canary): Promise<OpenAccount> {
  const [relay, store] = [new RelayClient({ url }), await MemoryStore.open()];
  return register({ relay, store, username, password: password.text, deviceName: 'device' });
}

function ofText(text: string): Canary {
  return { bytes: Buffer.from(text), text };
}

function ofBytes(bytes: Uint8Array): Canary {
  return { bytes: Buffer.from(bytes), text: Buffer.from(bytes).toString('hex') };
}

/** What the SDK has made: keys that never leave the device, or only wrapped. */
async function madeSecrets({ store, kdf }: OpenAccount, passwords: readonly Canary[]): Promise<Canary[]> {
  const secrets = (await store.get(ACCOUNT_SECRETS, 'secrets'))?.record;
  const device = (await store.get(DEVICE_KEYS, 'device'))?.record;
  if (secrets === undefined || device === undefined) throw new Error('the device has no keys');
  const derived = await Promise.all(passwords.map(({ text }) => deriveAccountKeys(text, kdf)));
  const wrapKeys = derived.map(({ wrapKey }) => wrapKey);
  return [secrets.root, secrets.privateKey, device.privateKey, ...wrapKeys].map(ofBytes);
}

/** A message of each kind, with canaries wherever something can be written. */
export interface Letter {
  readonly contents: readonly MessageContent[];
  readonly canaries: readonly Canary[];
}

/** @param each so many canaries in a field, where it has room. */
export function letter(each: number, answered: string): Letter {
  const canaries: Canary[] = [];
  const words = (most: number): string => {
    const fresh = Array.from({ length: Math.min(each, most) }, hatch);
    canaries.push(...fresh);
    return fresh.map(({ text }) => text).join(' ');
  };
  const key = (): string => {
    const text = Buffer.concat([hatch().bytes, hatch().bytes]).toString('base64url');
    canaries.push(ofBytes(decodeBase64Url(text)));
    return text;
  };
  const file = { attachmentId: answered, mediaType: 'image/png', bytes: 4_711, name: words(7), caption: words(40) };
  const contents: MessageContent[] = [
    { kind: 'text', text: words(40) },
    { kind: 'text', text: words(40), replyTo: answered },
    { kind: 'reaction', to: answered, emoji: words(1) },
    { kind: 'attachment', ...file, key: key(), sha256: key() },
    { kind: 'title', title: words(3) },
  ];
  return { contents, canaries };
}
