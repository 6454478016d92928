import {
  CryptoError,
  decodeBase64Url,
  MlsError,
  type MlsEngine,
  type MlsGroup,
  type OpenedMessage,
  unpad,
} from '#crypto';
import {
  decodeContent,
  type FrankedContext,
  type MessageContext,
  readMessageContext,
  readPrivateMessage,
} from '#protocol';
import type { ConversationRecord } from '../conversations/conversation-record.js';
import { expiredRecord, expiryPuts, lifetimeOf } from '../messages/expiry-record.js';
import { openFranked } from '../messages/franking.js';
import { lostKey, type MessageRecord, MESSAGES, messageKey, type Unreadable } from '../messages/message-record.js';
import { OUTBOX, type OutboxRecord, outboxKey } from '../messages/outbox-record.js';
import type { RecordReader } from '../store/sealed-store.js';
import type { LogEntry } from './log-item.js';
import type { Step } from './step.js';

interface MessageSteps {
  readonly store: RecordReader;
  readonly group: () => Promise<MlsGroup | undefined>;
  readonly engine: MlsEngine;
  readonly deviceId: string;
  readonly nowMs: () => number;
}

/** A message of the log: opened, if it is for this device to open, and stored in any case, so that nothing waits behind it. */
export async function messageStep(steps: MessageSteps, record: ConversationRecord, entry: LogEntry): Promise<Step> {
  if (entry.senderDeviceId === steps.deviceId) return ownMessage(steps, record, entry);
  const lost = await steps.store.get(MESSAGES, lostKey(entry.conversationId, entry.id));
  const step = await foreignMessage(steps, record, entry);
  if (lost?.record.senderDeviceId !== entry.senderDeviceId) return step;
  return restored(step, entry, { key: lost.key, content: lasting(steps, entry, lost.record.content) });
}

/** It was read here before the relay lost it, and says the same: its sender has sent it again, or the very same has come again. */
function restored(step: Step, entry: LogEntry, { key, content }: { key: string; content: Content }): Step {
  const again = stored(step.record, entry, { ...content, isRestored: true });
  const others = (step.events ?? []).filter(({ kind }) => kind !== 'message');
  return {
    ...step,
    ...again,
    events: [...others, ...(again.events ?? [])],
    delete: [...(step.delete ?? []), { table: MESSAGES.table, key }],
  };
}

async function foreignMessage(steps: MessageSteps, record: ConversationRecord, entry: LogEntry): Promise<Step> {
  const group = await steps.group();
  if (group === undefined || entry.ciphertext === undefined) return unreadable(record, entry, 'before_joining');
  try {
    const opened = await steps.engine.open(group, decodeBase64Url(entry.ciphertext));
    const context = readMessageContext(opened.authenticatedData);
    // Its key is still unspent: what stands elsewhere in truth can be read there.
    if (context === undefined || !isOfPlace(opened, context, entry)) return unreadable(record, entry, 'not_authentic');
    const content = contentOf(steps, entry, { opened, context, isFranked: record.isFranked === true });
    const next = content.franking === undefined ? record : { ...record, isFranked: true as const };
    return {
      ...stored(next, entry, { ...content, ...orderOf(opened), epoch: opened.epoch }),
      group: opened.group,
      spent: opened.spent,
    };
  } catch (error) {
    // No base64url: as good as another ciphertext.
    if (error instanceof CryptoError) return unreadable(record, entry, 'not_authentic');
    if (!(error instanceof MlsError)) throw error;
    if (error.code === 'epoch_ahead') return behind(unreadable(record, entry, 'not_authentic'), entry);
    const isEarlier = error.code === 'epoch_passed' || error.code === 'wrong_group';
    return unreadable(record, entry, isEarlier ? 'before_joining' : 'not_authentic');
  }
}

/** One's own cannot be decrypted, and need not: it lies in the outbox until it stands here. */
async function ownMessage(steps: MessageSteps, record: ConversationRecord, entry: LogEntry): Promise<Step> {
  const key = outboxKey(entry.conversationId, entry.id);
  const sent = await steps.store.get(OUTBOX, key);
  if (sent === undefined) return unreadable(record, entry, 'not_authentic');
  const content = lasting(steps, entry, sent.record.content);
  const step = stored(record, entry, { ...content, ...epochOf(sent.record) });
  const { conversationId, id, seq } = entry;
  return {
    ...step,
    delete: [{ table: OUTBOX.table, key }],
    events: [...(step.events ?? []), { kind: 'sent', conversationId, id, seq }],
  };
}

type Content = Pick<
  MessageRecord,
  'content' | 'unreadable' | 'missingBefore' | 'isLate' | 'isRestored' | 'epoch' | 'expiresAtMs' | 'franking'
>;

/** From when the relay has it, or from now: a relay whose clock is ahead gives nothing a longer life. */
function lasting({ nowMs }: MessageSteps, { createdAt }: LogEntry, content: MessageRecord['content']): Content {
  const seconds = lifetimeOf(content);
  if (seconds === undefined) return { content };
  const expiresAtMs = Math.min(Date.parse(createdAt), nowMs()) + seconds * 1_000;
  // The relay should have deleted it.
  return expiresAtMs <= nowMs() ? { content: null, unreadable: 'expired' } : { content, expiresAtMs };
}

function epochOf({ ciphertext }: OutboxRecord): Pick<MessageRecord, 'epoch'> {
  return ciphertext === undefined ? {} : { epoch: readPrivateMessage(ciphertext).epoch };
}

function orderOf({ missingBefore, isLate }: OpenedMessage): Pick<MessageRecord, 'missingBefore' | 'isLate'> {
  return { ...(missingBefore > 0 && { missingBefore }), ...(isLate && { isLate }) };
}

interface Read {
  readonly opened: OpenedMessage;
  readonly context: MessageContext & Partial<FrankedContext>;
  /** Whether only what can be reported is read. */
  readonly isFranked: boolean;
}

function contentOf(steps: MessageSteps, entry: LogEntry, { opened, context, isFranked }: Read): Content {
  try {
    const frame = unpad(opened.content);
    const { commitment } = context;
    if (commitment === undefined)
      return isFranked ? { content: null, unreadable: 'unfranked' } : shown(steps, entry, decodeContent(frame));
    const { accountId: senderAccountId } = opened.sender.identity;
    const franked = openFranked(frame, { ...context, senderAccountId }, commitment);
    if (franked === undefined) return { content: null, unreadable: 'unfranked' };
    const content = shown(steps, entry, franked.content);
    return content.unreadable === 'expired' ? content : { ...content, franking: franked.franking };
  } catch (error) {
    if (error instanceof CryptoError) return { content: null, unreadable: 'malformed' };
    throw error;
  }
}

function shown(steps: MessageSteps, entry: LogEntry, decoded: ReturnType<typeof decodeContent>): Content {
  if (decoded.kind === 'unreadable') return { content: null, unreadable: decoded.because };
  return lasting(steps, entry, decoded);
}

/** Whether it says itself that it is this message, of this device, in this conversation. */
function isOfPlace({ sender }: OpenedMessage, context: MessageContext, entry: LogEntry): boolean {
  const { accountId, deviceId } = sender.identity;
  if (accountId !== entry.senderId || deviceId !== entry.senderDeviceId) return false;
  const { conversationId, senderDeviceId, messageId } = context;
  return conversationId === entry.conversationId && senderDeviceId === deviceId && messageId === entry.id;
}

/** A commit before it has not come, and will not: the log has no hole here. */
function behind(step: Step, { conversationId }: LogEntry): Step {
  if (step.record.trouble !== undefined) return step;
  const trouble = 'lost_group';
  return {
    ...step,
    record: { ...step.record, trouble },
    events: [...(step.events ?? []), { kind: 'trouble', conversationId, trouble }],
  };
}

function unreadable(record: ConversationRecord, entry: LogEntry, why: Unreadable): Step {
  return stored(record, entry, { content: null, unreadable: why });
}

function stored(record: ConversationRecord, entry: LogEntry, content: Content): Step {
  const { conversationId, seq, id, senderId, senderDeviceId, createdAt } = entry;
  const sentAtMs = Date.parse(createdAt);
  const key = messageKey(conversationId, seq);
  const said: MessageRecord = { id, seq, senderAccountId: senderId, senderDeviceId, sentAtMs, ...content };
  const agreed = agreedAfter(record, said.content);
  const written = agreed.isRepeated ? { ...said, isRepeated: true as const } : said;
  const message = written.unreadable === 'expired' ? expiredRecord(seq) : written;
  return {
    record: { ...record, ...agreed.of },
    put: [MESSAGES.put(key, message), ...expiryPuts(key, message)],
    events: [{ kind: 'message', conversationId, message }],
  };
}

interface Agreed {
  readonly of: Pick<ConversationRecord, 'title' | 'lifetimeSeconds'>;
  /** Whether it was so before. */
  readonly isRepeated: boolean;
}

/** What a message says of the whole conversation. */
function agreedAfter({ title, lifetimeSeconds }: ConversationRecord, content: MessageRecord['content']): Agreed {
  if (content?.kind === 'title') return { of: { title: content.title }, isRepeated: content.title === title };
  if (content?.kind === 'lifetime')
    return { of: { lifetimeSeconds: content.seconds }, isRepeated: content.seconds === lifetimeSeconds };
  // Whoever was never told, as a new device, takes it from what others write.
  const given = lifetimeSeconds === undefined && content?.kind === 'text' ? content.expiresIn : undefined;
  return { of: given === undefined ? {} : { lifetimeSeconds: given }, isRepeated: false };
}
