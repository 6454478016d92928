import { UUID_PATTERN } from '#protocol';
import type { AttachmentId } from '#protocol';
import { Uuid } from '../platform/http/fields.js';
import { TUS_VERSION } from './tus.js';

export class AttachmentParams {
  @Uuid({ about: 'The attachment.', example: '5f1b7f0e-3c1c-4a53-9d0a-6a0d3f2b8c11' })
  attachmentId: AttachmentId;
}

const bytes = { type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const httpDate = { type: 'string', minLength: 29, maxLength: 29, pattern: ' GMT$' };

/** What of an attachment goes as bytes. */
export const CIPHERTEXT = { type: 'string', format: 'binary' } as const;

const TUS_RESUMABLE = {
  'Tus-Resumable': {
    description: 'The version of tus that the relay speaks.',
    required: true,
    schema: { type: 'string', enum: [TUS_VERSION] },
  },
};
const UPLOAD_OFFSET = {
  'Upload-Offset': {
    description: 'How many bytes the relay has in safety: the upload goes on here.',
    required: true,
    schema: bytes,
  },
};
const UPLOAD_EXPIRES = {
  'Upload-Expires': {
    description: 'When it will be gone, unless it is whole by then; of a whole one, when that will be gone, if ever.',
    schema: httpDate,
  },
};

/** The headers of replies, by what they answer. */
export const REPLY_HEADERS = {
  created: {
    ...TUS_RESUMABLE,
    ...UPLOAD_EXPIRES,
    Location: {
      description: 'Where the upload goes to. The last part is the id of the attachment.',
      required: true,
      schema: { type: 'string', pattern: `^/v1/attachments/${UUID_PATTERN.slice(1)}` },
    },
  },
  upload: {
    ...TUS_RESUMABLE,
    ...UPLOAD_OFFSET,
    ...UPLOAD_EXPIRES,
    'Upload-Length': { description: 'How many bytes the whole has.', required: true, schema: bytes },
  },
  advanced: { ...TUS_RESUMABLE, ...UPLOAD_OFFSET, ...UPLOAD_EXPIRES },
  removed: TUS_RESUMABLE,
  whole: {
    ...TUS_RESUMABLE,
    'Accept-Ranges': {
      description: 'Parts can be asked for.',
      required: true,
      schema: { type: 'string', enum: ['bytes'] },
    },
    'Content-Disposition': {
      description: 'Browsers are not to show it.',
      required: true,
      schema: { type: 'string', enum: ['attachment'] },
    },
  },
  part: {
    'Content-Range': {
      description: 'Which bytes it has, and how many there are.',
      required: true,
      schema: { type: 'string', pattern: '^bytes \\d+-\\d+/\\d+$' },
    },
  },
};

/** The headers of requests. */
export const REQUEST_HEADERS = {
  tusResumable: {
    name: 'Tus-Resumable',
    required: true,
    description: 'The version of tus that the client speaks.',
    schema: { type: 'string', enum: [TUS_VERSION] },
    example: TUS_VERSION,
  },
  uploadLength: {
    name: 'Upload-Length',
    required: true,
    description: 'How many bytes the whole ciphertext has.',
    schema: { ...bytes, minimum: 1 },
    example: 1_048_592,
  },
  uploadMetadata: {
    name: 'Upload-Metadata',
    required: true,
    description:
      'As in tus: `conversationId`, and `expiresIn` if the attachment is to be gone so many seconds after it is whole, each ' +
      'with its value in base64. Nothing else is taken: names and types of files stand in the message that names it.',
    schema: { type: 'string', maxLength: 256 },
    example: 'conversationId MDE5OGM1YTAtM2Y0ZS03ZDNhLThiNTgtMWY3ZjJhNmMwZDEx,expiresIn ODY0MDA=',
  },
  uploadOffset: {
    name: 'Upload-Offset',
    required: true,
    description: 'How many bytes the relay has by now.',
    schema: bytes,
    example: 0,
  },
  range: {
    name: 'Range',
    required: false,
    description: 'One range of bytes. Several, and what is no range, count for nothing.',
    schema: { type: 'string', maxLength: 64 },
    example: 'bytes=0-1048591',
  },
};
