export { AttachmentEntity } from './attachment.entity.js';
export { AttachmentsModule } from './attachments.module.js';
