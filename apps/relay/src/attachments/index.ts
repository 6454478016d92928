export { AttachmentEntity } from './attachment.entity.js';
export { AttachmentsModule } from './attachments.module.js';
export { attachmentsFolder, blobPath } from './blob-path.js';
export { openBlobs } from './open-blobs.js';
