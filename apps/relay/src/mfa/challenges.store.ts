import { Injectable } from '@nestjs/common';
import { type AccountId, LIMITS } from '#protocol';
import { Database } from '../platform/database/database.js';
import { Unavailable } from '../platform/errors/refusal.js';

interface NewChallenge {
  readonly sha256: Buffer;
  readonly accountId: AccountId | null;
  readonly secretSha256: Buffer | null;
  readonly at: Date;
  readonly expiresAt: Date;
}

/** What is known of a challenge. */
export interface OpenChallenge {
  readonly sha256: Buffer;
  readonly accountId: AccountId | null;
  readonly secretSha256: Buffer | null;
  readonly expiresAt: Date;
  /** Of an answer that is taken without being judged again. */
  readonly answerSha256: Buffer | null;
}

interface ChallengeRow {
  readonly sha256: Buffer;
  readonly account_id: AccountId | null;
  readonly secret_sha256: Buffer | null;
  readonly expires_at: Date;
  readonly answer_sha256: Buffer | null;
}

const COLUMNS = 'sha256, account_id, secret_sha256, expires_at, answer_sha256';

/** Challenges of second factors, each good for one right answer and a few wrong ones. */
@Injectable()
export class ChallengesStore {
  constructor(private readonly database: Database) {}

  /**
   * Those that anybody may ask for are counted apart from those that take a right secret: nobody's sign-in waits for strangers.
   * @throws {Unavailable} when too many wait.
   */
  async open({ sha256, accountId, secretSha256, at, expiresAt }: NewChallenge): Promise<void> {
    const opened = await this.database.query(
      `INSERT INTO mfa_challenges (sha256, account_id, secret_sha256, attempts, expires_at)
       SELECT $1::bytea, $2::uuid, $3::bytea, 0, $4::timestamptz
       WHERE (SELECT count(*) FROM mfa_challenges WHERE expires_at > $5 AND (account_id IS NULL) = ($2::uuid IS NULL)) < $6
       RETURNING attempts`,
      [sha256, accountId, secretSha256, expiresAt, at, LIMITS.mfaChallenges],
    );
    if (opened.length === 0) throw new Unavailable('Too many sign-ins wait for a second factor.');
  }

  async find(sha256: Buffer, at: Date): Promise<OpenChallenge | undefined> {
    const rows = await this.database.query<ChallengeRow>(
      `SELECT ${COLUMNS} FROM mfa_challenges WHERE sha256 = $1 AND expires_at > $2 AND attempts < $3`,
      [sha256, at, LIMITS.mfaAttempts],
    );
    return rows.map(toChallenge)[0];
  }

  /** Counts an attempt before it is judged, so that many at once are no more than one after the other; whether it was free. */
  async attempt(sha256: Buffer, at: Date): Promise<boolean> {
    const rows = await this.database.query(
      `WITH tried AS (
         UPDATE mfa_challenges SET attempts = attempts + 1
         WHERE sha256 = $1 AND expires_at > $2 AND attempts < $3 RETURNING attempts
       ) SELECT attempts FROM tried`,
      [sha256, at, LIMITS.mfaAttempts],
    );
    return rows.length > 0;
  }

  /** Spends a challenge; whether nobody had before. */
  async spend(sha256: Buffer): Promise<boolean> {
    const rows = await this.database.query(
      'WITH spent AS (DELETE FROM mfa_challenges WHERE sha256 = $1 RETURNING attempts) SELECT attempts FROM spent',
      [sha256],
    );
    return rows.length > 0;
  }

  /** Opens one again that was spent, for one more attempt. */
  async reopen({ sha256, accountId, secretSha256, expiresAt, answerSha256 }: OpenChallenge): Promise<void> {
    await this.database.query(
      `INSERT INTO mfa_challenges (sha256, account_id, secret_sha256, attempts, expires_at, answer_sha256)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [sha256, accountId, secretSha256, LIMITS.mfaAttempts - 1, expiresAt, answerSha256],
    );
  }

  /** Deletes challenges whose time is over; returns how many. */
  async sweep(at: Date, limit: number): Promise<number> {
    const swept = await this.database.query(
      `WITH gone AS (
         DELETE FROM mfa_challenges WHERE sha256 IN (
           SELECT sha256 FROM mfa_challenges WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
         ) RETURNING attempts
       ) SELECT attempts FROM gone`,
      [at, limit],
    );
    return swept.length;
  }
}

function toChallenge({ sha256, account_id, secret_sha256, expires_at, answer_sha256 }: ChallengeRow): OpenChallenge {
  const kept = { expiresAt: expires_at, answerSha256: answer_sha256 };
  return { sha256, accountId: account_id, secretSha256: secret_sha256, ...kept };
}
