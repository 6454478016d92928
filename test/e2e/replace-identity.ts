import { identityLinkBytes } from '#protocol';
import type { OpenAccount, Sealpost } from '#sdk';
import { encode, linkAfter, newKey, type ShownKey } from './identity-key.js';

/** Gives the account that a client has open another identity key, which the one before has signed. The client does not know it. */
export async function replaceIdentity(client: Sealpost): Promise<void> {
  const { account } = Reflect.get(client, 'open') as { readonly account: OpenAccount };
  const { relay, identity } = account;
  const shown = (await relay.call((api) => api.GET('/v1/keys/me'))) as ShownKey;
  const next = newKey();
  const link = new Uint8Array(identityLinkBytes(linkAfter(shown, next.raw)));
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', identity.signingKey, link));
  const body = { algorithm: 'ed25519' as const, publicKey: encode(next.raw), version: shown.version };
  await relay.call((api) => api.PUT('/v1/keys/me', { body: { ...body, signature: encode(signature) } }));
}
