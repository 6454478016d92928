import type { ClientEvent, ErrorCode } from '#protocol';
import {
  ReceiptsEventDto,
  SendEventDto,
  SentMessageDto,
  SyncReplyDto,
  SyncRequestDto,
  TypingEventDto,
} from '../messages/index.js';
import type { LimitId } from '../platform/limits/limit-table.js';
import type { EventContract, Example, ShapeOf } from './event-contract.js';
import { ACCOUNT, CONVERSATION, ENTRY, INCARNATION, MESSAGE, TIME } from './example-values.js';
import { AuthRenewDto, DoneDto, RenewedDto } from './gateway.dto.js';

/** Why an event may be refused, in words for the contract. */
export type Refusals = Readonly<Partial<Record<ErrorCode, string>>>;

/** One event a client may send: what it carries, what its acknowledgement carries, and what the contract says of it. */
export interface ClientEventContract<
  Body extends object = object,
  Reply extends object = object,
> extends EventContract {
  readonly body: ShapeOf<Body>;
  /** What the acknowledgement carries beside `ok`. */
  readonly reply: ShapeOf<Reply>;
  /** The rate limits it draws on, beside those of {@link EVERY_EVENT}. */
  readonly limits: readonly LimitId[];
  /** How it may be refused, beside what {@link EVERY_EVENT} may be refused for. */
  readonly refusals: Refusals;
  readonly examples: readonly Example<Body>[];
  readonly replies: readonly Example<Reply>[];
}

/** What holds for every event of a client: the dispatcher and the database see to it. */
export const EVERY_EVENT = {
  limits: ['events', 'socketBytes'],
  refusals: {
    invalid_request: 'The body is not of this form; `errors` names the fields.',
    rate_limited: 'Too many of this kind: wait for `retryAfterSeconds`.',
    unavailable: 'The relay or its database is down or full; the same event may succeed soon.',
    internal: 'A fault of the relay.',
  },
} as const satisfies Pick<ClientEventContract, 'limits' | 'refusals'>;

const NOT_A_MEMBER = 'There is no such conversation, or you are not in it.';
const DONE = [{ about: 'Done', shows: {} }];

/** Every event a client may send. The handlers stand in event-table.ts; the AsyncAPI document is made from this. */
export const CLIENT_EVENT_TABLE = {
  'message:send': define(SendEventDto, SentMessageDto, {
    auth: 'authenticated',
    summary: 'Send a message',
    description:
      'Stores the ciphertext at the next position of the log, and pushes it as `entry` to every other connected device of the members. The acknowledgement comes after it is durable. Without one, send the same id again: the first result comes back.',
    limits: ['messages', 'bytes'],
    refusals: {
      not_found: NOT_A_MEMBER,
      id_reused: 'Somebody else used this id in this conversation.',
      forbidden: 'This device is not in the MLS group.',
      stale_epoch: 'The MLS group is in another epoch by now: sync, and encrypt again.',
      removal_pending: 'A device has to be removed from the MLS group first: commit that.',
    },
    examples: [
      {
        about: 'A message that is erased after an hour',
        shows: { conversationId: CONVERSATION, id: MESSAGE, ciphertext: 'c2VhbGVk', expiresIn: 3600 },
      },
    ],
    replies: [
      {
        about: 'It stands at position 17',
        shows: { conversationId: CONVERSATION, id: MESSAGE, seq: 17, createdAt: TIME, duplicate: false },
      },
      {
        about: 'It was sent before, and nothing new was stored',
        shows: { conversationId: CONVERSATION, id: MESSAGE, seq: 17, createdAt: TIME, duplicate: true },
      },
    ],
  }),
  'receipt:update': define(ReceiptsEventDto, DoneDto, {
    auth: 'authenticated',
    summary: 'Say how far you have stored and read a log',
    description:
      'Marks are watermarks: everything up to them is covered, and what is read is delivered too. A lower mark than before changes nothing; one beyond what you can read is `invalid_request`. Say `delivered` only after storing. The senders concerned hear `receipt`.',
    limits: ['receipts'],
    refusals: { not_found: NOT_A_MEMBER },
    examples: [
      {
        about: 'Stored up to position 17, read up to 12',
        shows: { conversationId: CONVERSATION, delivered: 17, read: 12 },
      },
    ],
    replies: DONE,
  }),
  sync: define(SyncRequestDto, SyncReplyDto, {
    auth: 'authenticated',
    summary: 'Catch up on everything',
    description:
      'Answers, from one snapshot, with all that moved since the cursors: changes outside the logs, and for each conversation its head and a first page. A cursor means "durably stored up to here". While `more` is true, store the page and sync again.',
    limits: ['sync'],
    refusals: {},
    examples: [
      { about: 'A device that knows nothing', shows: { revision: 0, cursors: {} } },
      {
        about: 'A device that comes back',
        shows: { incarnation: INCARNATION, revision: 6, cursors: { [CONVERSATION]: 14 } },
      },
    ],
    replies: [
      {
        about: 'An identity key has changed, a message has come, and those before it have expired',
        shows: {
          incarnation: INCARNATION,
          revision: 7,
          changes: [{ revision: 7, what: 'identity', subject: ACCOUNT }],
          welcomes: [],
          receipts: [],
          conversations: [
            {
              conversationId: CONVERSATION,
              headSeq: 17,
              upTo: 17,
              items: [{ gap: { from: 15, to: 16, reason: 'expired' } }, { ...ENTRY, ciphertext: 'c2VhbGVk' }],
            },
          ],
          more: false,
        },
      },
    ],
  }),
  typing: define(TypingEventDto, DoneDto, {
    auth: 'authenticated',
    summary: 'Tell the other members that you are typing',
    description: 'Passed on as `typing` to the members who are connected, and stored nowhere.',
    limits: ['typing'],
    refusals: { not_found: NOT_A_MEMBER },
    examples: [{ about: 'Started', shows: { conversationId: CONVERSATION, active: true } }],
    replies: DONE,
  }),
  'auth:renew': define(AuthRenewDto, RenewedDto, {
    auth: 'authenticated',
    summary: 'Give a fresh access token before the old one ends',
    description:
      'Keeps the socket open beyond the life of the token it was opened with. The fresh token comes from `POST /v1/auth/refresh` and must be of the same session.',
    limits: [],
    refusals: {
      invalid_token: 'The token has expired, its session has ended, or it is none of this relay.',
      forbidden: 'The token belongs to another session: open a new socket for it.',
    },
    examples: [
      { about: 'A fresh token', shows: { token: 'eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2lnbmF0dXJl' } },
    ],
    replies: [{ about: 'Good until then', shows: { expiresAt: TIME } }],
  }),
} as const satisfies Record<ClientEvent, ClientEventContract>;

/** What the handler of an event is given, and what it answers. */
export type BodyOf<Event extends ClientEvent> = InstanceType<(typeof CLIENT_EVENT_TABLE)[Event]['body']>;
export type ReplyOf<Event extends ClientEvent> = InstanceType<(typeof CLIENT_EVENT_TABLE)[Event]['reply']>;

function define<Body extends object, Reply extends object>(
  body: ShapeOf<Body>,
  reply: ShapeOf<Reply>,
  contract: Omit<ClientEventContract<Body, Reply>, 'body' | 'reply'>,
): ClientEventContract<Body, Reply> {
  return { body, reply, ...contract };
}
