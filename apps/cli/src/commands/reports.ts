import { REPORT_REASONS, type ReportReason } from '#protocol';
import type { FiledReport, ReportDraft } from '#sdk';
import { UsageError } from '../arguments.js';
import { everyItem } from '../pages.js';
import type { Operation } from '../operation.js';
import { Refusal } from '../refusals.js';
import { say } from '../terminal.js';
import { meant } from './messages.js';

/** Without any message: the operator hears what is said here, and no more. */
export async function report(operation: Operation): Promise<void> {
  const [username = '', reason = '', ...words] = operation.args;
  await file(operation, { username, reason: reasonIn(reason), text: words.join(' ') });
}

/** With a message, which the operator can read. */
export async function reportMessage(operation: Operation): Promise<void> {
  const [, , reason = '', ...words] = operation.args;
  const checked = reasonIn(reason);
  const { conversationId, messageId } = await meant(operation);
  const { messages, conversations } = operation.sealpost;
  const message = await messages.get(conversationId, messageId);
  const { members } = await conversations.get(conversationId);
  const sender = members.find(({ accountId }) => accountId === message?.senderAccountId);
  if (sender === undefined) throw new Refusal('Whoever wrote this is not in the conversation any more.');
  const { username } = sender;
  const draft = { username, reason: checked, text: words.join(' '), conversationId, messageIds: [messageId] };
  await file(operation, draft);
  await say(operation.terminal, 'The operator of the relay can read this message now.');
}

/** The newest first. */
export async function reports({ sealpost, terminal, options }: Operation): Promise<void> {
  for await (const filed of everyItem((cursor) => sealpost.reports.list({ cursor })))
    await say(terminal, options.json ? JSON.stringify(filed) : lineOf(filed));
}

async function file({ sealpost, terminal, options }: Operation, draft: ReportDraft): Promise<void> {
  const { messages } = await sealpost.reports.file({ ...draft, block: options.block });
  const verdicts = messages.map(({ verdict }) => `, ${verdict}`).join('');
  await say(terminal, `${draft.username} is reported${verdicts}.`);
}

function reasonIn(given: string): ReportReason {
  const reason = REPORT_REASONS.find((known) => known === given);
  if (reason === undefined) throw new UsageError(`The reason is one of ${REPORT_REASONS.join(', ')}.`);
  return reason;
}

/** What the relay says is what stands here: reason, state and verdicts are one word each. */
function lineOf({ filedAt, username, reason, state, messages }: FiledReport): string {
  const verdicts = messages.map(({ verdict }) => `  ${verdict}`).join('');
  return `${filedAt}  ${username}  ${reason}  ${state}${verdicts}`;
}
