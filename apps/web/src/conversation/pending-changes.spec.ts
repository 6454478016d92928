import type { MessageRecord, QueuedMessage } from '#sdk';
import { withPendingChanges } from './pending-changes.js';

const message: MessageRecord = {
  id: 'question',
  seq: 1,
  senderAccountId: 'grace',
  senderDeviceId: 'laptop',
  sentAtMs: 1,
  content: { kind: 'text', text: 'tea?' },
  reactions: [
    { accountId: 'grace', emoji: '🙏' },
    { accountId: 'ada', emoji: '😮' },
  ],
};
const waits = (content: QueuedMessage['content'], refused: string | null = null): QueuedMessage => ({
  id: 'queued',
  content,
  createdAtMs: 2,
  refused,
});
const shown = (...waiting: QueuedMessage[]) => withPendingChanges([message], waiting, 'ada')[0];

describe('what is on its way', () => {
  it('takes the place of one’s own reaction before, and leaves those of others', () => {
    expect(shown(waits({ kind: 'reaction', to: 'question', emoji: '👍' }))?.reactions).toEqual([
      { accountId: 'grace', emoji: '🙏' },
      { accountId: 'ada', emoji: '👍' },
    ]);
  });

  it('takes a reaction back', () => {
    const reactions = shown(waits({ kind: 'reaction', to: 'question', emoji: null }))?.reactions;
    expect(reactions).toEqual([{ accountId: 'grace', emoji: '🙏' }]);
  });

  it('has a message deleted at once', () => {
    expect(shown(waits({ kind: 'deletion', of: 'question' }))).toMatchObject({ content: null, unreadable: 'deleted' });
  });

  it('changes nothing that it does not mean, or once it was refused', () => {
    expect(shown(waits({ kind: 'deletion', of: 'another' }), waits({ kind: 'text', text: 'yes' }))).toBe(message);
    expect(shown(waits({ kind: 'deletion', of: 'question' }, 'forbidden'))).toBe(message);
  });
});
