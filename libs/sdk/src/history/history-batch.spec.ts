import type { AttachmentContent } from '#protocol';
import type { MessageRecord } from '../messages/message-record.js';
import { archived, contentOf, handedOn } from './history-batch.js';

const UUID = '3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f';
const file: AttachmentContent = {
  kind: 'attachment',
  attachmentId: UUID,
  name: 'holidays.jpg',
  mediaType: 'image/jpeg',
  bytes: 3,
  key: 'A'.repeat(43),
  sha256: 'A'.repeat(43),
  width: 4,
};
const about = (content: MessageRecord['content']): MessageRecord => ({
  id: UUID,
  seq: 1,
  senderAccountId: UUID,
  senderDeviceId: UUID,
  sentAtMs: 1,
  content,
});

describe('a message about a file, for other devices', () => {
  const withPicture = about({ ...file, thumbnail: '_9j_AA' });

  it('has no picture in an archive, which has little room, and all that opens the file', () => {
    expect(contentOf(handedOn(withPicture)!)).toEqual(file);
  });

  it('has it in an export', () => {
    expect(contentOf(archived(withPicture)!)).toEqual(withPicture.content);
  });

  it('is as any other without one, and nothing where there is nothing', () => {
    expect(handedOn(about({ kind: 'text', text: 'hi' }))).toEqual(archived(about({ kind: 'text', text: 'hi' })));
    expect(handedOn(about(null))).toBeUndefined();
  });
});
