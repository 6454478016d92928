import type { MessageRecord } from '#sdk';
import { Notifier } from './notifier.js';

const message = (given: Partial<MessageRecord> = {}): MessageRecord => ({
  id: 'one',
  seq: 1,
  senderAccountId: 'grace',
  senderDeviceId: 'laptop',
  sentAtMs: 1,
  content: { kind: 'text', text: 'tea?' },
  ...given,
});
const arrival = (given: Partial<MessageRecord> = {}) =>
  ({ kind: 'message', conversationId: 'tea', message: message(given) }) as const;

class Shown {
  isClosed = false;
  click = (): void => undefined;

  constructor(readonly tag: string) {}

  addEventListener(_kind: 'click', listener: () => void): void {
    this.click = listener;
  }

  close(): void {
    this.isClosed = true;
  }
}

describe('notifications', () => {
  let viewed: string | undefined;
  let isMuted: boolean;
  let opened: string[];
  let shown: Shown[];
  let notifier: Notifier;
  const settle = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));

  beforeEach(() => {
    [viewed, isMuted, opened, shown] = [undefined, false, [], []];
    notifier = new Notifier({
      ownAccountId: 'ada',
      isViewed: (id) => id === viewed,
      isMuted: () => isMuted,
      isBlocked: (accountId) => accountId === 'mallory',
      isRequest: (id) => Promise.resolve(id === 'request'),
      wordsFor: () => Promise.resolve({ title: 'Sealpost', body: 'New message' }),
      show: (_words, tag) => {
        const one = new Shown(tag);
        shown.push(one);
        return one;
      },
      open: (id) => opened.push(id),
    });
  });

  it('tell of what others write, under the tag of its chat', async () => {
    notifier.hear(arrival());
    await settle();
    expect(shown.map(({ tag }) => tag)).toEqual(['tea']);
  });

  it.each([
    ['one’s own', arrival({ senderAccountId: 'ada' })],
    ['somebody who was blocked', arrival({ senderAccountId: 'mallory' })],
    ['what comes again after a restoration', arrival({ isRestored: true })],
    ['a reaction', arrival({ content: { kind: 'reaction', to: 'one', emoji: '👍' } })],
    ['what was there before this device', arrival({ content: null, unreadable: 'before_joining' })],
    ['a gap', arrival({ id: null, senderAccountId: null, content: null, unreadable: 'expired' })],
    ['a message that changes', { ...arrival(), kind: 'changed' } as const],
    ['a conversation that is no request', { kind: 'conversation', conversationId: 'tea' } as const],
  ])('say nothing of %s', async (_what, event) => {
    notifier.hear(event);
    await settle();
    expect(shown).toEqual([]);
  });

  it('tell once that somebody wants to write', async () => {
    for (let n = 0; n < 3; n++) notifier.hear({ kind: 'conversation', conversationId: 'request' });
    await settle();
    expect(shown.map(({ tag }) => tag)).toEqual(['request']);
  });

  it('say nothing of the chat that is before somebody’s eyes', async () => {
    viewed = 'tea';
    notifier.hear(arrival());
    await settle();
    expect(shown).toEqual([]);
  });

  it('say nothing while this browser is muted, and go on after', async () => {
    isMuted = true;
    notifier.hear(arrival());
    notifier.hear({ kind: 'conversation', conversationId: 'request' });
    await settle();
    expect(shown).toEqual([]);
    isMuted = false;
    notifier.hear(arrival({ id: 'two', seq: 2 }));
    await settle();
    expect(shown.map(({ tag }) => tag)).toEqual(['tea']);
  });

  it('lead to their chat, and go', async () => {
    notifier.hear(arrival());
    await settle();
    shown[0]?.click();
    expect([opened, shown[0]?.isClosed]).toEqual([['tea'], true]);
  });

  it('go when the chat was read on another device', async () => {
    notifier.hear(arrival());
    await settle();
    notifier.hear({ kind: 'read', conversationId: 'tea', upTo: 1, unread: 0 });
    expect(shown[0]?.isClosed).toBe(true);
  });

  it('go when the account is locked, and none comes after', async () => {
    notifier.hear(arrival());
    await settle();
    notifier.hear(arrival({ id: 'two', seq: 2 }));
    notifier.stop();
    await settle();
    expect(shown.map(({ isClosed }) => isClosed)).toEqual([true]);
  });
});
