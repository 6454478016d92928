import type { AccountId, ConversationId } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { Log } from '../platform/logging/log.js';
import type { ReceiptKind, Watermark } from './message.js';
import { ReceiptAnnouncer } from './receipt-announcer.js';

const ADA = 'ada' as AccountId;

function mark(upTo: number, options: { kind?: ReceiptKind; conversation?: string } = {}): Watermark[] {
  const { kind = 'delivered', conversation = 'c' } = options;
  const conversationId = conversation as ConversationId;
  return [{ conversationId, accountId: 'bob' as AccountId, kind, upTo, at: new Date(0) }];
}

describe('news of marks', () => {
  let announcer: ReceiptAnnouncer;
  let heard: unknown[];

  beforeEach(() => {
    jest.useFakeTimers();
    heard = [];
    const delivery = new Delivery();
    jest.spyOn(delivery, 'push').mockImplementation((_event, payload, to) => {
      const { conversationId, kind, upTo } = payload as Watermark;
      for (const account of 'accounts' in to ? to.accounts : [])
        heard.push(`${account}: ${conversationId} ${kind} ${upTo}`);
    });
    announcer = new ReceiptAnnouncer(delivery, new Log({ LOG_LEVEL: 'silent' }));
  });
  afterEach(() => {
    announcer.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('go out at once, and then once a second with the newest of each kind', () => {
    for (const upTo of [1, 2, 3]) announcer.announce(mark(upTo), [ADA]);
    announcer.announce(mark(2, { kind: 'read' }), [ADA]);
    expect(heard).toEqual(['ada: c delivered 1']);
    jest.advanceTimersByTime(999);
    expect(heard).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(heard.slice(1)).toEqual(['ada: c delivered 3', 'ada: c read 2']);
    announcer.announce(mark(4), [ADA]);
    expect(heard).toHaveLength(3);
    jest.advanceTimersByTime(1_000);
    expect(heard.slice(3)).toEqual(['ada: c delivered 4']);
  });

  it('tell the greatest, in whichever order marks made at once come', () => {
    for (const upTo of [1, 9, 7]) announcer.announce(mark(upTo), [ADA]);
    jest.advanceTimersByTime(1_000);
    expect(heard).toEqual(['ada: c delivered 1', 'ada: c delivered 9']);
  });

  it('of one conversation do not hold up those of another', () => {
    announcer.announce(mark(1), [ADA]);
    announcer.announce(mark(1, { conversation: 'd' }), [ADA]);
    expect(heard).toEqual(['ada: c delivered 1', 'ada: d delivered 1']);
  });

  it('reach everybody who was to hear of one of them', () => {
    announcer.announce(mark(1), [ADA]);
    announcer.announce(mark(2), [ADA]);
    announcer.announce(mark(3), ['cleo' as AccountId]);
    jest.advanceTimersByTime(1_000);
    expect(heard.slice(1)).toEqual(['ada: c delivered 3', 'cleo: c delivered 3']);
  });

  it('are not kept after a quiet second', () => {
    announcer.announce(mark(1), [ADA]);
    jest.advanceTimersByTime(1_000);
    expect(jest.getTimerCount()).toBe(0);
    announcer.announce(mark(2), [ADA]);
    expect(heard).toEqual(['ada: c delivered 1', 'ada: c delivered 2']);
  });
});
