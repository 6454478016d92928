import type { Sealpost } from '#sdk';

/** A message as a device has it. */
export interface Read {
  readonly seq: number;
  /** In brackets what it is, if it is no text, or why it cannot be read. */
  readonly text: string;
}

/** All messages of a conversation that a device has, oldest first. */
export async function historyOf(messages: Sealpost['messages'], conversationId: string): Promise<Read[]> {
  const read: Read[] = [];
  for (let before: number | undefined; ;) {
    const page = await messages.history(conversationId, { limit: 200, ...(before === undefined ? {} : { before }) });
    for (const { seq, content, unreadable = 'nothing' } of page)
      read.push({ seq, text: content?.kind === 'text' ? content.text : `(${content?.kind ?? unreadable})` });
    before = page.at(-1)?.seq;
    if (before === undefined) return read.reverse();
  }
}
