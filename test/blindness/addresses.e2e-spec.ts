import { createHash } from 'node:crypto';
import { call, TestRelay, TestUser } from '#testing';

/** Reserved for documents: nothing else here has it. */
const ADDRESS = '203.0.113.77';

const relay = TestRelay.duringTests({ environment: { TRUST_PROXY: '127.0.0.1/32' } });
const headers = { 'x-forwarded-for': ADDRESS };

/** All that is stored, a line for each row, with bytes in hexadecimal. */
async function everything(): Promise<string> {
  const tables = await relay.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const rows = await relay.query<{ line: string }>(`SELECT row(t.*)::text AS line FROM ${name} t`);
    lines.push(...rows.map(({ line }) => line));
  }
  return lines.join('\n');
}

/** As text, as bytes, and as what a hash of it would be known by. */
function formsOf(address: string): string[] {
  const bytes = Buffer.from(address);
  const packed = Buffer.from(address.split('.').map(Number));
  const hashes = [bytes, packed].flatMap((form) =>
    ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update(form).digest()),
  );
  return [
    address,
    ...[bytes, packed, ...hashes].map((form) => form.toString('hex')),
    ...[bytes, ...hashes].map((form) => form.toString('base64url')),
  ];
}

describe('the database', () => {
  it('holds nobody’s address, by whatever they have done (C-37)', async () => {
    const register = await TestUser.register(relay);
    const asked = [
      [
        'POST',
        '/v1/auth/login',
        { username: register.username, authKey: Buffer.alloc(32).toString('base64url'), device: { name: 'x' } },
      ],
      ['GET', `/v1/auth/kdf?username=${register.username}`],
      ['GET', '/v1/users/nobody-here'],
      ['GET', '/v1/auth/sessions'],
      ['POST', '/v1/devices/me/key-packages', { keyPackages: [] }],
    ] as const;
    for (const [method, path, body] of asked)
      await call(relay, method, path, { headers, token: register.token, ...(body === undefined ? {} : { body }) });
    const stored = await everything();
    expect(stored).toContain(register.username);
    expect(formsOf(ADDRESS).filter((form) => stored.includes(form))).toEqual([]);
    expect(formsOf('127.0.0.1').filter((form) => stored.includes(form))).toEqual([]);
  });

  it('would be found to, if a session did', async () => {
    const user = await TestUser.register(relay);
    await relay.query('UPDATE devices SET name = $1 WHERE id = $2', [ADDRESS, user.deviceId]);
    const stored = await everything();
    expect(formsOf(ADDRESS).some((form) => stored.includes(form))).toBe(true);
  });

  it('has no column of a type made for addresses (C-37)', async () => {
    const columns = await relay.query(
      `SELECT table_name, column_name FROM information_schema.columns
       WHERE table_schema NOT IN ('information_schema', 'pg_catalog') AND data_type IN ('inet', 'cidr', 'macaddr', 'macaddr8')`,
    );
    expect(columns).toEqual([]);
  });
});
