import type { AttachmentContent } from '#protocol';
import type { MessageRecord } from '../messages/message-record.js';
import { Attachments } from './attachments.js';

const about: Omit<AttachmentContent, 'name'> = {
  kind: 'attachment',
  attachmentId: '00000000-0000-4000-8000-000000000000',
  mediaType: 'text/plain',
  bytes: 1,
  key: 'A'.repeat(43),
  sha256: 'A'.repeat(43),
};

/** A log in which each hundredth message is about a file, and the one after it was deleted. */
function recordAt(seq: number): MessageRecord {
  const text = { kind: 'text', text: 'hello' } as const;
  const file = { ...about, name: `${String(seq)}.txt` };
  const content = seq % 100 === 0 ? file : seq % 100 === 1 ? null : text;
  return { seq, id: String(seq), senderAccountId: 'ada', senderDeviceId: 'laptop', sentAtMs: seq, content };
}

/** @returns the list, and how often the store was asked. */
function listOf(messages: number) {
  const asked: number[] = [];
  const history = (_id: string, { before = Infinity, limit = 50 } = {}): Promise<MessageRecord[]> => {
    asked.push(before);
    const newest = Math.min(before - 1, messages);
    const seqs = Array.from({ length: Math.max(0, Math.min(limit, newest)) }, (_, n) => newest - n);
    return Promise.resolve(seqs.map(recordAt));
  };
  const parts = { messages: { history } } as unknown as ConstructorParameters<typeof Attachments>[0];
  return { list: new Attachments(parts).list('chat'), asked };
}

describe('the files of a conversation', () => {
  it('are listed newest first, as far back as there are any', async () => {
    const names: string[] = [];
    for await (const { content } of listOf(1_050).list) names.push(content.name);
    expect(names).toEqual([1000, 900, 800, 700, 600, 500, 400, 300, 200, 100].map((seq) => `${String(seq)}.txt`));
  });

  it('are looked for no further back than somebody asks', async () => {
    const { list, asked } = listOf(10_000);
    const first = await list.next();
    expect(first.value).toMatchObject({ content: { name: '10000.txt' } });
    expect(asked).toEqual([Infinity]);
    await list.return();
    expect(asked).toHaveLength(1);
  });

  it('are none where nothing was sent', async () => {
    const { list, asked } = listOf(0);
    expect(await list.next()).toEqual({ done: true, value: undefined });
    expect(asked).toHaveLength(1);
  });
});
