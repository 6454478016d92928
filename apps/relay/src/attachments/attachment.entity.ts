import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AttachmentState } from './attachment.js';

/** A file that clients encrypted. Its bytes are in a folder or an object store, under its id. */
@Entity('attachments')
@Check('attachments_received_check', 'received BETWEEN 0 AND length')
@Index('attachments_uploader_idx', ['uploaderId', 'createdAt'])
@Index('attachments_expiry_idx', ['expiresAt'], { where: `state IN ('open', 'stored')` })
@Index('attachments_leftover_idx', ['createdAt'], { where: `state IN ('removed', 'erased')` })
export class AttachmentEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'attachments_pkey' })
  id: string;

  /** Whose members may read it. */
  @Column({ name: 'conversation_id', type: 'uuid' })
  conversationId: string;

  /** Who goes on with the upload, may take it away, and whose quota it counts for. */
  @Column({ name: 'uploader_id', type: 'uuid' })
  uploaderId: string;

  @Column({ type: 'text' })
  state: AttachmentState;

  @Column({ type: 'bigint' })
  length: string;

  @Column({ type: 'bigint', default: 0 })
  received: string;

  @Column({ name: 'multipart_id', type: 'text', nullable: true })
  multipartId: string | null;

  /** The request that goes on with the upload. Whichever comes later takes its place. */
  @Column({ type: 'uuid', nullable: true })
  writer: string | null;

  @Column({ name: 'expires_in_seconds', type: 'integer', nullable: true })
  expiresInSeconds: number | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: Date | null;
}
