import { Injectable } from '@nestjs/common';
import type { AccountId, FactorId, SessionId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { dayOf, type Passkey, type TotpFactor } from './factor.js';

interface TotpRow {
  readonly id: string;
  readonly secret_sealed: Buffer;
  readonly last_step: string | null;
}

interface PasskeyRow {
  readonly id: string;
  readonly account_id: string;
  readonly credential_id: Buffer;
  readonly public_key: Buffer;
  readonly sign_count: string;
}

const TOTP_COLUMNS = 'id, secret_sealed, last_step';
const PASSKEY_COLUMNS = 'f.id, f.account_id, f.credential_id, f.public_key, f.sign_count';

/** What factors are checked by when they are shown, and that each showing counts once. */
@Injectable()
export class ShownFactorsStore {
  constructor(private readonly database: Database) {}

  async totpOf(accountId: AccountId): Promise<TotpFactor[]> {
    const rows = await this.database.query<TotpRow>(
      `SELECT ${TOTP_COLUMNS} FROM mfa_factors WHERE account_id = $1 AND kind = 'totp' AND confirmed_at IS NOT NULL`,
      [accountId],
    );
    return rows.map(toTotp);
  }

  /** An authenticator app that waits for its first code. */
  async pendingTotp(accountId: AccountId, id: FactorId): Promise<TotpFactor | undefined> {
    const rows = await this.database.query<TotpRow>(
      `SELECT ${TOTP_COLUMNS} FROM mfa_factors
       WHERE account_id = $1 AND id = $2 AND kind = 'totp' AND confirmed_at IS NULL`,
      [accountId, id],
    );
    return rows.map(toTotp)[0];
  }

  /** Takes a time step; whether it, and no later one, had been taken before. */
  async takeStep(id: FactorId, step: number, at: Date): Promise<boolean> {
    const rows = await this.database.query(
      `WITH taken AS (
         UPDATE mfa_factors SET last_step = $2, last_used_day = $3
         WHERE id = $1 AND (last_step IS NULL OR last_step < $2) RETURNING id
       ) SELECT id FROM taken`,
      [id, step, dayOf(at)],
    );
    return rows.length > 0;
  }

  async passkeysOf(accountId: AccountId): Promise<Passkey[]> {
    const rows = await this.database.query<PasskeyRow>(
      `SELECT ${PASSKEY_COLUMNS} FROM mfa_factors f WHERE f.account_id = $1 AND f.kind = 'passkey'`,
      [accountId],
    );
    return rows.map(toPasskey);
  }

  /** Of whichever living account. */
  async passkey(credentialId: Buffer): Promise<Passkey | undefined> {
    const rows = await this.database.query<PasskeyRow>(
      `SELECT ${PASSKEY_COLUMNS} FROM mfa_factors f JOIN accounts a ON a.id = f.account_id
       WHERE f.credential_id = $1 AND a.status = 'active'`,
      [credentialId],
    );
    return rows.map(toPasskey)[0];
  }

  /** Takes a signature's count; whether none had come between. */
  async takeCount({ id, signCount }: Passkey, next: number, at: Date): Promise<boolean> {
    const rows = await this.database.query(
      `WITH taken AS (
         UPDATE mfa_factors SET sign_count = $3, last_used_day = $4 WHERE id = $1 AND sign_count = $2 RETURNING id
       ) SELECT id FROM taken`,
      [id, signCount, next, dayOf(at)],
    );
    return rows.length > 0;
  }

  /** Whether a passkey is still there; if so, it stays until the transaction ends. */
  async hold(manager: EntityManager, id: FactorId): Promise<boolean> {
    return (await manager.query<unknown[]>('SELECT 1 FROM mfa_factors WHERE id = $1 FOR SHARE', [id])).length > 0;
  }

  /** Remembers that a factor was shown in a session. */
  async noteShown(id: SessionId, at: Date): Promise<void> {
    await this.database.query('UPDATE sessions SET factor_at = $2 WHERE id = $1', [id, at]);
  }

  /** Whether one was shown in it since. */
  async wasShown(id: SessionId, since: Date): Promise<boolean> {
    const sql = 'SELECT 1 FROM sessions WHERE id = $1 AND factor_at > $2';
    return (await this.database.query(sql, [id, since])).length > 0;
  }
}

function toTotp({ id, secret_sealed, last_step }: TotpRow): TotpFactor {
  return { id: id as FactorId, secretSealed: secret_sealed, lastStep: last_step === null ? null : Number(last_step) };
}

function toPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id as FactorId,
    accountId: row.account_id as AccountId,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    signCount: Number(row.sign_count),
  };
}
