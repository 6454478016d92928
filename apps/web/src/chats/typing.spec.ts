import type { MessageRecord } from '#sdk';
import { Typing } from './typing.js';

const signal = (accountId: string, active = true) =>
  ({ kind: 'typing', conversationId: 'tea', accountId, active }) as const;
const message: MessageRecord = {
  id: 'one',
  seq: 1,
  senderAccountId: 'grace',
  senderDeviceId: 'laptop',
  sentAtMs: 1,
  content: { kind: 'text', text: 'done' },
};

describe('who types', () => {
  let typing: Typing;
  const who = (): readonly string[] => typing.who.get().get('tea') ?? [];

  beforeEach(() => {
    jest.useFakeTimers();
    typing = new Typing();
  });
  afterEach(() => jest.useRealTimers());

  it('is shown until they stop', () => {
    typing.hear(signal('grace'));
    typing.hear(signal('alan'));
    expect(who()).toEqual(['grace', 'alan']);
    typing.hear(signal('grace', false));
    expect(who()).toEqual(['alan']);
  });

  it('is forgotten when they have sent what they typed', () => {
    typing.hear(signal('grace'));
    typing.hear({ kind: 'message', conversationId: 'tea', message });
    expect(who()).toEqual([]);
  });

  it('is forgotten some time after the last sign of it', () => {
    typing.hear(signal('grace'));
    jest.advanceTimersByTime(7_000);
    typing.hear(signal('grace'));
    jest.advanceTimersByTime(7_000);
    expect(who()).toEqual(['grace']);
    jest.advanceTimersByTime(1_000);
    expect(who()).toEqual([]);
  });
});
