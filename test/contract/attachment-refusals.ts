import { randomUUID } from 'node:crypto';
import { pair, TestRelay } from '#testing';
import { Attacher, type Answer, ciphertext } from '../e2e/attaching.js';
import { blockedPath } from '../e2e/full-disk.js';

type Note = (operationId: string, code: string) => void;

/** A refused HEAD has no body: what it would say. */
const CODE_OF_HEAD: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  404: 'not_found',
  412: 'unsupported_tus_version',
};

/** Everything that is refused about attachments, at a relay that has room for one. */
export async function refuseAtAttachments(note: Note): Promise<void> {
  const quotas = { QUOTAS: 'attachmentsPerAccount=1', ATTACHMENT_MAX_BYTES: '100' };
  const relay = await TestRelay.start({ environment: quotas });
  const { ada, conversationId } = await pair(relay);
  const attacher = new Attacher(relay, ada);
  const noted = async (operationId: string, answer: Promise<Answer>): Promise<void> => {
    const { status, code } = await answer;
    note(operationId, code ?? CODE_OF_HEAD[status] ?? 'none');
  };

  await noted('createAttachment', attacher.create({ conversationId, length: 101 }));
  await noted('createAttachment', attacher.create({ conversationId: randomUUID(), length: 1 }));
  const id = await attacher.begin({ conversationId, length: 10 });
  await noted('createAttachment', attacher.create({ conversationId, length: 1 }));
  const blocked = await blockedPath(relay.attachmentsDirectory, id);
  await noted('continueUpload', attacher.send(id, 0, ciphertext(10)));
  await blocked.clear();
  await noted('continueUpload', attacher.send(id, 5, ciphertext(1)));
  await noted('continueUpload', attacher.send(id, 0, ciphertext(11)));
  await noted('continueUpload', attacher.send(randomUUID(), 0, ciphertext(1)));
  await noted('getUpload', attacher.head(randomUUID()));
  await noted('getUpload', attacher.head('NO'));
  await noted('deleteAttachment', attacher.remove(randomUUID()));
  await noted('downloadAttachment', attacher.download(id));
  await attacher.send(id, 0, ciphertext(10));
  await noted('downloadAttachment', attacher.download(id, 'bytes=10-'));
  const old = { 'tus-resumable': '0.2.2' };
  await noted('createAttachment', attacher.post(old));
  await noted('continueUpload', attacher.send(id, 10, ciphertext(1), old));
  await noted('getUpload', attacher.ask('HEAD', `/${id}`, old));
  await noted('deleteAttachment', attacher.ask('DELETE', `/${id}`, old));
  await relay.stop();
}
