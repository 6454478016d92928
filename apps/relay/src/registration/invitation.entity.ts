import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** Lets people register. Who came by it is noted nowhere: it only counts down. */
@Entity('registration_invitations')
@Unique('registration_invitations_code_key', ['codeSha256'])
@Check('registration_invitations_uses_left', 'uses_left >= 0')
export class InvitationEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'registration_invitations_pkey' })
  id: string;

  @Column({ name: 'code_sha256', type: 'bytea' })
  codeSha256: Buffer;

  @Column({ type: 'text' })
  note: string;

  @Column({ type: 'integer' })
  uses: number;

  @Column({ name: 'uses_left', type: 'integer' })
  usesLeft: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
