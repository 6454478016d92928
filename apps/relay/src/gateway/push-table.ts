import { LIMITS, MLS_SUITES, PROTOCOL_VERSION, type ServerEvent } from '#protocol';
import { KeyPackagesLowDto } from '../devices/index.js';
import { EntryDto } from '../entries/index.js';
import { AccountChangeDto, TypingPushDto, WatermarkDto } from '../messages/index.js';
import { WelcomeNoticeDto } from '../mls/index.js';
import type { EventContract, Example, ShapeOf } from './event-contract.js';
import { ACCOUNT, CONVERSATION, ENTRY, INCARNATION, TIME } from './example-values.js';
import { AnnouncementsChangedDto, ReadyDto, ResyncDto, SessionRevokedDto } from './gateway.dto.js';

/** One event the relay sends: what it carries, and what the contract says of it. */
export interface Push<Payload extends object = object> extends EventContract {
  readonly payload: ShapeOf<Payload>;
  readonly examples: readonly Example<Payload>[];
}

/**
 * Every event the relay sends. What is pushed, by `Delivery` or on a socket, is checked by the compiler against this table,
 * and the AsyncAPI document is made from it.
 */
export const PUSH_TABLE = {
  ready: push(ReadyDto, {
    auth: 'authenticated',
    summary: 'You are connected',
    description:
      'The first event on every socket: everything from now on is pushed. Sync after it, so that nothing falls between.',
    examples: [
      {
        about: 'The access token is good until then',
        shows: { protocol: PROTOCOL_VERSION, incarnation: INCARNATION, expiresAt: TIME },
      },
    ],
  }),
  entry: push(EntryDto, {
    auth: 'authenticated',
    summary: 'A log has a new entry',
    description:
      'Sent to every connected device of every member, but the one that wrote it. Apply it if `seq` is your cursor plus one and the content is there; drop it if `seq` is not above the cursor; pull otherwise.',
    examples: [
      { about: 'A message', shows: { ...ENTRY, ciphertext: 'c2VhbGVk' } },
      { about: 'A message of over 32 KiB: pull its ciphertext', shows: ENTRY },
      {
        about: 'Somebody was added',
        shows: {
          ...ENTRY,
          kind: 'members',
          change: { added: [{ accountId: ACCOUNT, username: 'grace', role: 'member', state: 'joined' }] },
        },
      },
    ],
  }),
  receipt: push(WatermarkDto, {
    auth: 'authenticated',
    summary: 'Somebody has stored or read messages',
    description:
      'Sent to the senders of the messages that are newly covered, and to the other devices of the reader: the first at once, what follows within a second together.',
    examples: [
      {
        about: 'Everything up to position 17 is read',
        shows: { conversationId: CONVERSATION, accountId: ACCOUNT, kind: 'read', upTo: 17, at: TIME },
      },
    ],
  }),
  'account:changed': push(AccountChangeDto, {
    auth: 'authenticated',
    summary: 'Something outside the logs has changed',
    description:
      'If `revision` is the stored one plus one, fetch what changed and store it; if it is further ahead, sync. Of several changes to the same thing only the newest is kept.',
    examples: [
      {
        about: 'A contact has another identity key',
        shows: { revision: 7, what: 'identity', subject: ACCOUNT },
      },
    ],
  }),
  typing: push(TypingPushDto, {
    auth: 'authenticated',
    summary: 'Somebody is typing, or has stopped',
    description:
      'Sent to the other members, and stored nowhere. Whoever goes away while typing never says so: let it lapse.',
    examples: [
      {
        about: 'Ada is typing',
        shows: { conversationId: CONVERSATION, accountId: ACCOUNT, active: true },
      },
    ],
  }),
  welcome: push(WelcomeNoticeDto, {
    auth: 'authenticated',
    summary: 'A device of yours was let into an MLS group',
    description:
      'Sent to the device that a Welcome is for. Fetch it, join, and delete it; what is missed stands in the next sync.',
    examples: [
      {
        about: 'Into the third epoch of a new group',
        shows: { id: ENTRY.id, conversationId: CONVERSATION, seq: 17, generation: 1, epoch: 3 },
      },
    ],
  }),
  'keyPackages:low': push(KeyPackagesLowDto, {
    auth: 'authenticated',
    summary: 'Few of your key packages are left',
    description:
      'Sent to the device whose they are, when so few are left and again when none is: upload more. A device that was not connected counts its key packages when it is. What has expired it knows by itself.',
    examples: [
      { about: 'Time to upload more', shows: { suite: MLS_SUITES.xWing, available: LIMITS.keyPackagesLow } },
      { about: 'From now on the last resort is handed out', shows: { suite: MLS_SUITES.xWing, available: 0 } },
    ],
  }),
  announcements: push(AnnouncementsChangedDto, {
    auth: 'authenticated',
    summary: 'There are other announcements than before',
    description:
      'Sent to everybody connected within seconds of the change; fetch them. Whoever connects fetches them anyway.',
    examples: [{ about: 'It carries nothing', shows: {} }],
  }),
  resync: push(ResyncDto, {
    auth: 'authenticated',
    summary: 'Pushes were lost',
    description: 'Sync now: the next push of the conversations concerned may be long in coming.',
    examples: [{ about: 'It carries nothing', shows: {} }],
  }),
  'session:revoked': push(SessionRevokedDto, {
    auth: 'authenticated',
    summary: 'Your session has ended',
    description:
      'The last event before the relay closes the socket. A token that merely expired closes it without an event.',
    examples: [{ about: 'Signed out elsewhere', shows: { reason: 'revoked' } }],
  }),
} as const satisfies Record<ServerEvent, Push>;

/** What each event carries. */
export type Pushes = { readonly [Event in ServerEvent]: InstanceType<(typeof PUSH_TABLE)[Event]['payload']> };

function push<Payload extends object>(
  payload: ShapeOf<Payload>,
  contract: Omit<Push<Payload>, 'payload'>,
): Push<Payload> {
  return { payload, ...contract };
}
