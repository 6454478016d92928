import type { OpenAccount } from '../account/open-account.js';
import type { EventHub } from '../sync/events.js';
import { Contacts } from './contacts.js';
import type { PeerNote } from './peer.js';
import type { OwnIdentity, PeerDirectoryOptions } from './peer-directory.js';
import { relayPeers } from './relay-peers.js';

/** The people that an account knows. Notes about them are told as events. */
export function contactsOf(
  account: OpenAccount,
  events: EventHub,
  deciding: Pick<PeerDirectoryOptions, 'nowMs' | 'onDecided' | 'onReleased'>,
): Contacts {
  const { accountId, username, identity, store, relay } = account;
  const own: OwnIdentity = {
    accountId,
    username,
    get identityKey() {
      return identity.current.publicKey;
    },
    follow: () => identity.follow(),
  };
  const onNotes = (notes: readonly PeerNote[]): void => events.tell(notes.map((note) => ({ kind: 'note', note })));
  return new Contacts({ store, relay: relayPeers(relay), own, onNotes, ...deciding }, relay);
}
