import type { components } from '#api-client';
import { encodeBase64Url } from '#crypto';
import { encodeContent, type ReportReason } from '#protocol';
import { v7 } from 'uuid';
import { GroupError } from '../groups/groups.errors.js';
import { proofOf } from '../messages/franking.js';
import type { Messages } from '../messages/messages.js';
import type { Contacts } from '../peers/contacts.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { PageOptions } from './pages.js';

const MOST_ON_A_PAGE = 50;

/** What is told to the operator of the relay. */
export interface ReportDraft {
  /** Who is reported. */
  readonly username: string;
  readonly reason: ReportReason;
  /** In words: at most 2,000 characters. */
  readonly text?: string;
  /** Where it happened; needed for messages. */
  readonly conversationId?: string;
  /** Messages of theirs that the operator is to read: at most twenty. None, if left out. */
  readonly messageIds?: readonly string[];
  /** Whether to block them as well, once the report is filed. */
  readonly block?: boolean;
}

/** A message that was shown in a report, and whether the relay knows that its sender wrote just that. */
export interface ReportedMessage {
  readonly messageId: string;
  /** `verified`, `unverifiable`, or one that this version does not know. */
  readonly verdict: string;
}

/** A report of this account's. */
export interface FiledReport {
  readonly id: string;
  /** Who is reported. */
  readonly username: string;
  /** One of `REPORT_REASONS` of the protocol, or one that this version does not know. */
  readonly reason: string;
  /** `open` until the operator has dealt with it, then `resolved`; or one that this version does not know. */
  readonly state: string;
  readonly filedAt: string;
  readonly resolvedAt: string | null;
  /** When the relay deletes it, with all that was shown in it. */
  readonly keptUntil: string;
  readonly messages: readonly ReportedMessage[];
}

/** Reports, the newest first. */
export interface ReportPage {
  readonly items: readonly FiledReport[];
  /** Of the next page; null after the last. */
  readonly nextCursor: string | null;
}

interface ReportingParts {
  readonly relay: Pick<RelayClient, 'call'>;
  readonly messages: Pick<Messages, 'get'>;
  readonly contacts: Pick<Contacts, 'block'>;
}

/** @param parts of the account that is open. */
export function reportsOf(parts: () => ReportingParts) {
  return {
    /**
     * Reports somebody to the operator of the relay, who can read the text and the messages that are named, and nothing else. The
     * relay checks that they wrote them. They are told nothing.
     *
     * @throws {GroupError} `unknown_message` for a message that cannot be read here. @throws {RelayRefusal} `invalid_report` for a
     * message that is somebody else's, `not_found` for nobody of that name, or what both were not in; `rate_limited`, and
     * `payload_too_large` when the messages are too long together. @throws {RelayUnreachableError}
     *
     * @example
     * await sealpost.reports.file({ username: 'mallory', reason: 'spam', block: true });
     */
    file: async ({ block = false, ...draft }: ReportDraft): Promise<FiledReport> => {
      const { relay, messages, contacts } = parts();
      const body = await bodyOf(messages, draft);
      const report = await relay.call((api) => api.POST('/v1/reports', { body }));
      if (block) await contacts.block(draft.username);
      return report;
    },
    /**
     * What this account has reported, and whether it was dealt with: the newest first, a page at a time.
     *
     * @throws {RelayUnreachableError}
     */
    list: ({ cursor }: PageOptions = {}): Promise<ReportPage> => {
      const query = { limit: MOST_ON_A_PAGE, ...(cursor === undefined ? {} : { cursor }) };
      return parts().relay.call((api) => api.GET('/v1/reports', { params: { query } }));
    },
  };
}

type Schemas = components['schemas'];

async function bodyOf(
  messages: Pick<Messages, 'get'>,
  { username, reason, text, conversationId, messageIds = [] }: Omit<ReportDraft, 'block'>,
): Promise<Schemas['FileReportDto']> {
  const shown = await Promise.all(messageIds.map((id) => shownMessage(messages, conversationId, id)));
  return {
    ...{ id: v7(), username, reason },
    ...(text === undefined || text === '' ? {} : { text }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(shown.length === 0 ? {} : { messages: shown }),
  };
}

async function shownMessage(
  messages: Pick<Messages, 'get'>,
  conversationId: string | undefined,
  messageId: string,
): Promise<Schemas['ShownMessageDto']> {
  const record = conversationId === undefined ? undefined : await messages.get(conversationId, messageId);
  if (record === undefined || record.content === null)
    throw new GroupError('unknown_message', 'There is no such message on this device.');
  const proof = proofOf(record);
  if (proof === undefined) return { messageId, content: encodeBase64Url(encodeContent(record.content)) };
  const { content, frankingKey } = proof;
  return { messageId, content: encodeBase64Url(content), frankingKey: encodeBase64Url(frankingKey) };
}
