import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay, TestUser } from '#testing';
import { audit, auditLines, putDown, signToday, tamper } from './audit-log.js';

const DAY = 86_400_000;
const OTHER_SECRET = Buffer.alloc(32, 9).toString('base64url');

let relay: TestRelay;
let folder: string;

beforeEach(async () => {
  relay = await TestRelay.start();
  folder = await mkdtemp(join(tmpdir(), 'sealpost-audit-'));
});
afterEach(async () => {
  await relay.stop();
  await rm(folder, { recursive: true });
});

const happened = (times: number, on = relay): Promise<void> => putDown(on, times);
const signed = (on = relay): Promise<void> => signToday(on);

/** The checkpoints that there are now, kept in a file. */
async function kept(): Promise<string> {
  const file = join(folder, 'kept.ndjson');
  await writeFile(file, (await audit(relay, 'checkpoints')).text);
  return file;
}

const verify = (...args: string[]) => audit(relay, 'verify', ...args);

/** What follows from one record on, made again by somebody who can do all that the owner of the tables can. */
const rehashed = (from: number): string => `
  DO $$ DECLARE r record; last bytea; BEGIN
    SELECT hash INTO last FROM audit_events WHERE seq = ${from} - 1;
    FOR r IN SELECT * FROM audit_events WHERE seq >= ${from} ORDER BY seq LOOP
      UPDATE audit_events SET previous_hash = last, hash = sha256(convert_to(concat_ws(E'\\n', 'sealpost audit record 1',
        'seq:' || r.seq, 'at:' || floor(extract(epoch FROM r.at) * 1000)::bigint, 'kind:' || r.kind, 'actor:' || r.actor,
        'account:' || r.account_id, 'device:' || r.device_id, 'session:' || r.session_id, 'subject:' || r.subject_id,
        'count:' || r.count, 'previous:' || encode(last, 'hex')), 'UTF8'))
      WHERE seq = r.seq RETURNING hash INTO last;
    END LOOP;
  END $$`;

describe('verifying the audit log', () => {
  it('finds nothing where nothing was changed, signed or not', async () => {
    expect(await verify()).toEqual({ code: 0, text: 'The audit log is whole: 0 records, none signed yet.\n' });
    await TestUser.register(relay);
    await happened(3);
    expect(await verify()).toEqual({ code: 0, text: 'The audit log is whole: 4 records, none signed yet.\n' });
    await signed();
    await happened(2);
    const day = relay.clock.now().toISOString().slice(0, 10);
    const text = `The audit log is whole: 6 records, signed up to record 4 on ${day}.\n`;
    expect(await verify('--kept', await kept())).toEqual({ code: 0, text });
  });

  it('reads a log that is longer than what is read at once', async () => {
    await relay.query(
      `SELECT append_audit_event(now(), 'retention_run', 'relay', NULL, NULL, NULL, NULL, n) FROM generate_series(1, 1203) n`,
    );
    expect((await verify()).text).toContain('1203 records');
    expect((await auditLines(relay, 'export')).map(({ count }) => count)).toEqual(
      Array.from({ length: 1203 }, (_, n) => n + 1),
    );
  });

  it.each([
    ['the time', `UPDATE audit_events SET at = at + interval '1 millisecond' WHERE seq = 3`, 3],
    ['the kind', `UPDATE audit_events SET kind = 'signed_out' WHERE seq = 3`, 3],
    ['the actor', `UPDATE audit_events SET actor = 'owner' WHERE seq = 3`, 3],
    ['whose it is', `UPDATE audit_events SET account_id = gen_random_uuid() WHERE seq = 3`, 3],
    ['the device', `UPDATE audit_events SET device_id = gen_random_uuid() WHERE seq = 3`, 3],
    ['the session', `UPDATE audit_events SET session_id = gen_random_uuid() WHERE seq = 3`, 3],
    ['what it was done to', `UPDATE audit_events SET subject_id = gen_random_uuid() WHERE seq = 3`, 3],
    ['the count', `UPDATE audit_events SET count = NULL WHERE seq = 3`, 3],
    ['a hash', `UPDATE audit_events SET hash = sha256(hash) WHERE seq = 3`, 3],
    ['a hash before', `UPDATE audit_events SET previous_hash = hash WHERE seq = 3`, 3],
    [
      'a field that moved to another',
      `UPDATE audit_events SET device_id = account_id, account_id = device_id WHERE seq = 2`,
      2,
    ],
  ])('finds a change: of %s', async (_what, sql, seq) => {
    await happened(1);
    await TestUser.register(relay);
    await happened(3);
    await tamper(relay, sql);
    const { code, text } = await verify();
    expect(code).toBe(1);
    expect(text).toMatch(new RegExp(`record ${String(seq)} (is not what it was|does not follow)`));
  });

  it.each([
    ['the first', 'seq = 1', 'record 1 is missing: record 2 stands in its place'],
    ['one between', 'seq = 3', 'record 3 is missing: record 4 stands in its place'],
    ['several', 'seq BETWEEN 2 AND 4', 'record 2 is missing: record 5 stands in its place'],
  ])('finds a deletion: of %s', async (_which, where, text) => {
    await happened(5);
    await tamper(relay, `DELETE FROM audit_events WHERE ${where}`);
    expect(await verify()).toEqual({ code: 1, text: `The audit log is not what it was: ${text}.\n` });
  });

  it('finds a deletion whose place was taken by those that follow', async () => {
    await happened(5);
    await tamper(
      relay,
      'DELETE FROM audit_events WHERE seq = 3',
      'UPDATE audit_events SET seq = 3 WHERE seq = 4',
      'UPDATE audit_events SET seq = 4 WHERE seq = 5',
    );
    expect((await verify()).text).toContain('record 3 does not follow from the one before');
  });

  it('finds records that changed places', async () => {
    await happened(5);
    await tamper(
      relay,
      'UPDATE audit_events SET seq = 0 WHERE seq = 2',
      'UPDATE audit_events SET seq = 2 WHERE seq = 4',
      'UPDATE audit_events SET seq = 4 WHERE seq = 0',
    );
    expect(await verify()).toMatchObject({
      code: 1,
      text: expect.stringContaining('record 2 does not follow') as string,
    });
  });

  it.each([0, -7, '-9223372036854775808'])('finds a record that was put before all others: %s', async (seq) => {
    await happened(2);
    await tamper(
      relay,
      `INSERT INTO audit_events SELECT ${String(seq)}, at, kind, actor, account_id, device_id, session_id, subject_id, count, previous_hash, hash
       FROM audit_events WHERE seq = 1`,
    );
    expect((await verify()).code).toBe(1);
  });

  it('finds that the end was cut off, where it was signed', async () => {
    await happened(5);
    await signed();
    const file = await kept();
    await tamper(relay, 'DELETE FROM audit_events WHERE seq > 3');
    expect((await verify()).text).toContain('the log ends with record 3, but checkpoint 1');
    await tamper(relay, 'DELETE FROM audit_checkpoints');
    expect((await verify()).code).toBe(0);
    const day = relay.clock.now().toISOString().slice(0, 10);
    const text = `The audit log is not what it was: checkpoint 1 (${day}) was kept, and is missing in the database.\n`;
    expect(await verify('--kept', file)).toEqual({ code: 1, text });
  });

  it('finds that all was written anew from one record on, where it was signed', async () => {
    await happened(5);
    await signed();
    const file = await kept();
    await tamper(relay, 'UPDATE audit_events SET count = 99 WHERE seq = 2', rehashed(2));
    expect((await verify()).text).toContain('record 5 is not the one that checkpoint 1');
    // The server's own operator can sign it once more, and is found out by whoever kept what was signed before.
    await tamper(relay, 'DELETE FROM audit_checkpoints');
    await signed();
    expect((await verify()).code).toBe(0);
    expect((await verify('--kept', file)).text).toMatch(/checkpoint 1 \(.+\) is not the one that was kept/);
  });

  it.each([
    ['a checkpoint that is gone', 'DELETE FROM audit_checkpoints WHERE number = 1', 'checkpoint 1 is missing'],
    ['one of another day', `UPDATE audit_checkpoints SET day = day - 7 WHERE number = 2`, 'is not what was signed'],
    ['one of another record', 'UPDATE audit_checkpoints SET seq = 1 WHERE number = 1', 'is not what was signed'],
    [
      'one of another hash',
      'UPDATE audit_checkpoints SET hash = sha256(hash) WHERE number = 1',
      'is not what was signed',
    ],
    [
      'one of another time',
      `UPDATE audit_checkpoints SET at = at + interval '1 s' WHERE number = 1`,
      'is not what was signed',
    ],
    [
      'a signature',
      'UPDATE audit_checkpoints SET signature = sha512(signature) WHERE number = 2',
      'is not what was signed',
    ],
    [
      'a signature of no such length',
      `UPDATE audit_checkpoints SET signature = '' WHERE number = 2`,
      'is not what was signed',
    ],
    [
      'a key',
      'UPDATE audit_checkpoints SET public_key = sha256(public_key) WHERE number = 2',
      'not known to be the server’s',
    ],
  ])('finds %s', async (_what, sql, text) => {
    for (let day = 0; day < 2; day++) {
      await happened(2);
      await signed();
      relay.clock.advance(DAY);
    }
    expect((await verify()).code).toBe(0);
    await tamper(relay, sql);
    expect(await verify()).toMatchObject({ code: 1, text: expect.stringContaining(text) as string });
  });

  it('takes the key of a secret that was changed for the server’s only if it is told so', async () => {
    await happened(1);
    await signed();
    const [{ publicKey }] = (await auditLines(relay, 'checkpoints')) as unknown as [{ publicKey: string }];
    const later = await TestRelay.start({ beside: relay, environment: { SERVER_SECRET: OTHER_SECRET } });
    try {
      relay.clock.advance(DAY);
      await signed(later);
      expect((await audit(later, 'verify')).text).toContain('a key that is not known to be the server’s');
      expect((await audit(later, 'verify', '--key', publicKey)).code).toBe(0);
    } finally {
      await later.stop();
    }
  });

  it.each([
    [[], 'A command is missing.'],
    [['vrfy'], 'There is no command vrfy.'],
    [['verify', 'it'], 'What is it?'],
    [['constructor'], 'There is no command constructor.'],
  ])('refuses %j', async (args, message) => {
    await expect(audit(relay, ...args)).rejects.toThrow(message);
  });

  it.each(['{}', 'x', '[]', '{"number":1}'])('refuses what is no checkpoint: %s', async (line) => {
    const file = join(folder, 'wrong');
    await writeFile(file, `\n${line}\n`);
    await expect(verify('--kept', file)).rejects.toThrow('line 2 is no checkpoint');
  });
});
