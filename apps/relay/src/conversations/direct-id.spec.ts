import { type AccountId, UUID_PATTERN, UUID_V7_PATTERN } from '#protocol';
import { directConversationId } from './direct-id.js';

const ada = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as AccountId;
const grace = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12' as AccountId;
const alan = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d13' as AccountId;

describe('the id of a direct conversation', () => {
  it('is the same from both sides', () => {
    expect(directConversationId('opaque', ada, grace)).toBe(directConversationId('opaque', grace, ada));
  });

  it('differs for other people', () => {
    expect(directConversationId('opaque', ada, grace)).not.toBe(directConversationId('opaque', ada, alan));
  });

  it('is a UUID of version 8, which no client may choose', () => {
    const id = directConversationId('opaque', ada, grace);
    expect(id).toMatch(new RegExp(UUID_PATTERN));
    expect(id).toMatch(/^.{14}8.{4}[89ab]/);
    expect(id).not.toMatch(new RegExp(UUID_V7_PATTERN));
  });

  it('never changes: the conversations are found by it', () => {
    expect(directConversationId('opaque', ada, grace)).toBe('1c731f79-238b-839c-aae5-4efc01cc4343');
  });
});
