import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { draftOf, pair, recordEvidence, scaled, TestRelay, TestUser, until } from '#testing';
import { runAudit } from '../../apps/relay/src/audit-command.js';
import { runRestore } from '../../apps/relay/src/restore-command.js';
import { checked, ran, restored, serving, Vaults } from './backing-up.js';
import { type Placed, sendUntilPlaced } from './sending.js';

/** What `npm run backup` saves while a relay serves is what `npm run restore` brings back, or nothing is. */

const WRITERS = 4;
/** Of 8 KiB each, beside what the writers write. */
const LARGE_ENTRIES = scaled({ ci: 256, gate: 131_072 });
const MOST_SECONDS = 300;

const relay = TestRelay.duringTests();
const vaults = Vaults.duringTests();

async function incarnationOf(user: TestUser): Promise<string> {
  const { body } = await user.request('POST', '/sync', { revision: 0, cursors: {} });
  return body.incarnation as string;
}

/** Everything in a log, in order. Of the database: before a release there is a gibibyte of it. */
async function logOf(other: TestRelay, conversationId: string): Promise<Placed[]> {
  const sql = 'SELECT seq, id FROM entries WHERE conversation_id = $1 ORDER BY seq';
  const rows = await other.query<{ seq: string; id: string }>(sql, [conversationId]);
  return rows.map(({ seq, id }) => ({ seq: Number(seq), id }));
}

/** Fills a log with what takes room. */
async function fill(conversationId: string, { accountId, deviceId }: TestUser): Promise<void> {
  await relay.query(
    `WITH head AS (
       UPDATE conversations SET last_seq = last_seq + $2::bigint WHERE id = $1 RETURNING last_seq - $2::bigint AS seq
     )
     INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at)
     SELECT $1, head.seq + n, gen_random_uuid(), 0, $3, $4, (
       SELECT string_agg(sha512(convert_to(n || ':' || k, 'UTF8')), ''::bytea) FROM generate_series(1, 128) k
     ), now()
     FROM head, generate_series(1, $2::bigint) n`,
    [conversationId, LARGE_ENTRIES, accountId, deviceId],
  );
}

describe('a backup that is made under load', () => {
  it('has every message that was acknowledged before, at its place, and nothing twice (R-18)', async () => {
    const { ada, conversationId } = await pair(relay);
    await fill(conversationId, ada);
    const acknowledged: Placed[] = [];
    let isWriting = true;
    const writers = Array.from({ length: WRITERS }, async () => {
      while (isWriting) acknowledged.push(await sendUntilPlaced(ada, conversationId, draftOf('under load')));
    });
    await until(() => acknowledged.length > 40, 'the writers are busy');
    const before = acknowledged.slice();
    const folder = await vaults.backUp(relay);
    const { length: during } = acknowledged;
    await until(() => acknowledged.length > during + 40, 'the writers go on');
    isWriting = false;
    await Promise.all(writers);

    expect((await checked(folder)).code).toBe(0);
    const place = await vaults.emptyPlace(relay);
    const startedAt = performance.now();
    expect(await restored(folder, place.settings)).toMatchObject({ code: 0 });
    const seconds = (performance.now() - startedAt) / 1000;
    expect(seconds).toBeLessThan(MOST_SECONDS);

    await serving(relay, place, async (other) => {
      const again = await ada.towards(other).onNewDevice();
      const entries = await logOf(other, conversationId);
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_entry, index) => index + 1));
      const found = new Map(entries.map(({ id, seq }) => [id, seq]));
      expect(found.size).toBe(entries.length);
      for (const { id, seq } of before) expect(found.get(id)).toBe(seq);
      // What came later than the moment of the backup is not there, and what is there was acknowledged at that place.
      for (const { id, seq } of acknowledged) expect([seq, undefined]).toContain(found.get(id));
      expect(await incarnationOf(again)).not.toBe(await incarnationOf(ada));
      expect((await again.send(conversationId, 'it goes on')).body.seq).toBe(entries.length + 1);
    });
    recordEvidence('R-18', { mebibytes: LARGE_ENTRIES / 128, seconds: Number(seconds.toFixed(1)) });
  });
});

describe('what a backup brings back', () => {
  let folder: string;
  let ada: TestUser;

  beforeAll(async () => {
    // Before a release, there is a gibibyte of it, which is of no use from here on.
    await relay.query('DELETE FROM entries');
    ada = await TestUser.register(relay);
    folder = await vaults.backUp(relay);
  });

  it('is no session, no token and no key package that may have been used since; the password lets in', async () => {
    const place = await vaults.emptyPlace(relay);
    expect((await restored(folder, place.settings)).out).toContain('everybody signs in again');
    await serving(relay, place, async (other) => {
      expect((await ada.towards(other).request('GET', '/auth/me')).status).toBe(401);
      const again = await ada.towards(other).onNewDevice();
      expect((await again.request('GET', '/auth/me')).body).toMatchObject({ id: ada.accountId });
      const left = await other.query(
        `SELECT FROM refresh_tokens WHERE session_id = $1 UNION ALL SELECT FROM key_packages WHERE NOT last_resort`,
        [ada.signedIn.sessionId],
      );
      expect(left).toEqual([]);
    });
  });

  it('is everything of a relay that only moved: sessions go on', async () => {
    const place = await vaults.emptyPlace(relay);
    expect((await restored(folder, place.settings, '--moved')).out).toContain('Sessions go on');
    await serving(relay, place, async (other) => {
      expect((await ada.towards(other).request('GET', '/auth/me')).status).toBe(200);
    });
  });

  it('is the audit log, unbroken, with the restoring as its next record', async () => {
    const place = await vaults.emptyPlace(relay);
    await restored(folder, place.settings);
    expect(await ran(runAudit, ['verify'], place.settings)).toMatchObject({ code: 0 });
    const { out } = await ran(runAudit, ['export'], place.settings);
    expect(JSON.parse(out.trim().split('\n').at(-1)!)).toMatchObject({ kind: 'relay_restored', actor: 'operator' });
  });

  it('is the same of a database that was brought back by other means: a new incarnation, and no session (R-18)', async () => {
    const incarnation = await incarnationOf(ada);
    const database = await relay.backUp();
    const { applicationUrl: DATABASE_URL, ownerUrl: MIGRATION_DATABASE_URL } = database;
    const settings = {
      ...relay.settings,
      DATABASE_URL,
      MIGRATION_DATABASE_URL,
      ATTACHMENTS_DIR: await vaults.folder(),
    };
    try {
      expect(await ran(runRestore, ['--in-place', 'folder'], settings)).toMatchObject({ code: 2 });
      const said = await ran(runRestore, ['--in-place'], settings);
      expect(said).toMatchObject({ code: 0, out: expect.stringContaining('everybody signs in again') as string });
      await serving(relay, { database, settings }, async (other) => {
        expect((await ran(runRestore, ['--in-place'], settings)).out).toContain('a relay uses this database');
        expect((await ada.towards(other).request('GET', '/auth/me')).status).toBe(401);
        expect(await incarnationOf(await ada.towards(other).onNewDevice())).not.toBe(incarnation);
      });
      expect(await ran(runAudit, ['verify'], settings)).toMatchObject({ code: 0 });
    } finally {
      await database.drop();
    }
    const { settings: empty } = await vaults.emptyPlace(relay);
    expect((await ran(runRestore, ['--in-place'], empty)).out).toContain('there is no relay in this database');
  });

  it('has no secret, unless the operator wants it to', async () => {
    const { JWT_KEYS = '', SERVER_SECRET = '' } = relay.settings;
    const secrets = [JWT_KEYS.split(':')[1]!, SERVER_SECRET];
    for (const file of await readdir(folder)) {
      const bytes = await readFile(join(folder, file));
      const content = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      for (const secret of secrets) expect(content.includes(secret)).toBe(false);
    }
    const full = await vaults.backUp(relay, '--with-secrets');
    const saved = JSON.parse(await readFile(join(full, 'secrets.json'), 'utf8')) as object;
    expect(saved).toEqual({ jwtKeys: JWT_KEYS, serverSecret: SERVER_SECRET });
    const { settings } = await vaults.emptyPlace(relay);
    const { JWT_KEYS: _keys, SERVER_SECRET: _secret, ...bare } = settings;
    const DATA_DIR = await vaults.folder();
    expect((await restored(full, { ...bare, DATA_DIR })).out).toContain('Secrets are those of the backup');
    expect(JSON.parse(await readFile(join(DATA_DIR, 'secrets.json'), 'utf8'))).toEqual(saved);
  });
});
