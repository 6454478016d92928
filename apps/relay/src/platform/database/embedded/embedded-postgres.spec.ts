import { once } from 'node:events';
import { rm, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmbeddedServers, freshDirectory, query } from './embedded-servers.fixture.js';

describe('embedded PostgreSQL', () => {
  const servers = EmbeddedServers.duringTests();

  it('makes a database in UTF-8 on the first start, and keeps its rows for the next', async () => {
    const first = await servers.start();
    const [database] = await query(
      first.ownerUrl,
      'SELECT pg_encoding_to_char(encoding) AS encoding, datlocale FROM pg_database WHERE datname = current_database()',
    );
    await query(first.ownerUrl, 'CREATE TABLE letters (body text)');
    await query(first.applicationUrl, "INSERT INTO letters VALUES ('kept')");
    await first.stop();

    const second = await servers.start();

    expect(database).toEqual({ encoding: 'UTF8', datlocale: 'C.UTF-8' });
    expect(await query(second.applicationUrl, 'SELECT body FROM letters')).toEqual([{ body: 'kept' }]);
  });

  it('lets the application role read and write rows, and nothing else', async () => {
    const { ownerUrl, applicationUrl } = await servers.start();
    await query(ownerUrl, 'CREATE TABLE parcels (id bigserial PRIMARY KEY, body text)');

    await query(applicationUrl, "INSERT INTO parcels (body) VALUES ('a')");
    await query(applicationUrl, "UPDATE parcels SET body = 'b'");
    expect(await query(applicationUrl, 'DELETE FROM parcels RETURNING body')).toEqual([{ body: 'b' }]);
    for (const forbidden of [
      'CREATE TABLE mine (id int)',
      'CREATE TEMPORARY TABLE mine (id int)',
      'CREATE SCHEMA mine',
      'CREATE DATABASE mine',
      'CREATE ROLE mine',
      'DROP TABLE parcels',
      'TRUNCATE parcels',
      'ALTER TABLE parcels ADD COLUMN more text',
      'SET ROLE sealpost_owner',
      "COPY parcels FROM PROGRAM 'true'",
    ]) {
      await expect(query(applicationUrl, forbidden)).rejects.toMatchObject({ code: expect.stringMatching(/^42/) });
    }
  });

  it('makes no role a superuser but its own', async () => {
    const { ownerUrl } = await servers.start();

    const roles = await query(
      ownerUrl,
      "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'sealpost%' ORDER BY 1",
    );

    expect(roles).toEqual([
      { rolname: 'sealpost_app', rolsuper: false, rolcreatedb: false, rolcreaterole: false },
      { rolname: 'sealpost_owner', rolsuper: false, rolcreatedb: true, rolcreaterole: false },
    ]);
  });

  it('keeps the passwords from other users, and asks for them', async () => {
    const { port } = await servers.start();

    expect((await stat(join(servers.directory, 'postgres-secrets.json'))).mode & 0o777).toBe(0o600);
    await expect(query(`postgres://sealpost_app:guess@127.0.0.1:${port}/sealpost`, 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
  });

  it('survives power cuts by default, and takes other settings', async () => {
    const { ownerUrl } = await servers.start({ settings: { max_connections: '77' } });

    const rows = await query(
      ownerUrl,
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'max_connections')",
    );

    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      max_connections: '77',
    });
  });

  it('keeps failed queries, and so identifiers, out of its log', async () => {
    const lines: string[] = [];
    const { ownerUrl, stop } = await servers.start({ log: (line) => lines.push(line) });

    await expect(query(ownerUrl, "SELECT 'account-4711'::uuid")).rejects.toThrow('account-4711');
    await stop();

    expect(lines.join('\n')).toContain('ready to accept connections');
    expect(lines.join('\n')).not.toContain('account-4711');
  });

  it('says which port is taken', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : undefined;

    await expect(servers.start({ port: port! })).rejects.toThrow(`Port ${port} on 127.0.0.1 is already in use`);
    listener.close();
    expect((await servers.start({ port: port! })).port).toBe(port);
  });

  it('quotes the server when it does not start, and frees the directory', async () => {
    await expect(servers.start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/shared_buffers.*plenty/s);
    await expect(servers.start()).resolves.toBeDefined();
  });

  it('will not make new passwords for old data', async () => {
    const fresh = await freshDirectory();
    await (await servers.start({ directory: fresh })).stop();
    await unlink(join(fresh, 'postgres-secrets.json'));

    await expect(servers.start({ directory: fresh })).rejects.toThrow('postgres-secrets.json is missing');
    await rm(fresh, { recursive: true });
  });

  it('will not touch the data of another version', async () => {
    const fresh = await freshDirectory();
    await (await servers.start({ directory: fresh })).stop();
    await writeFile(join(fresh, 'postgres', 'PG_VERSION'), '15\n');

    await expect(servers.start({ directory: fresh })).rejects.toThrow('was made by PostgreSQL 15, and this is 18');
    await rm(fresh, { recursive: true });
  });
});
