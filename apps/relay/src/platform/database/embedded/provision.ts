import pg from 'pg';
import { SUPERUSER, type Cluster } from './cluster.js';
import { LOOPBACK } from './free-port.js';

/** Owns the database and runs the migrations. May make databases, for the tests to throw away. */
export const OWNER_ROLE = 'sealpost_owner';

/** Reads and writes rows, and changes nothing else. */
export const APPLICATION_ROLE = 'sealpost_app';

export const DATABASE = 'sealpost';

/** Makes the roles and the database, or what an interrupted start left out of them. */
export async function provision(port: number, { secrets, isNew }: Cluster): Promise<void> {
  const superuser = { user: SUPERUSER, password: secrets.superuserPassword, port };
  const owner = { user: OWNER_ROLE, password: secrets.ownerPassword, port };
  if (!isNew && (await withClient({ ...superuser, database: 'postgres' }, isProvisioned))) return;
  await withClient({ ...superuser, database: 'postgres' }, async (client) => {
    await ensureRole(client, OWNER_ROLE, 'CREATEDB', secrets.ownerPassword);
    await ensureRole(client, APPLICATION_ROLE, 'NOCREATEDB', secrets.applicationPassword);
    // Without it the owner could not end the application's sessions, and so not drop a database with any.
    await client.query(`GRANT ${APPLICATION_ROLE} TO ${OWNER_ROLE}`);
    await ensureDatabase(client);
  });
  await withClient({ ...owner, database: DATABASE }, async (client) => {
    await client.query(applicationGrants(DATABASE));
    await client.query(`COMMENT ON DATABASE ${DATABASE} IS '${PROVISIONED}'`);
  });
}

/** SQL for the owner of a new `database`, connected to it: lets the application use what the owner will make there. */
export function applicationGrants(database: string): string {
  const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${OWNER_ROLE} IN SCHEMA public GRANT`;
  return `
    REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${database} TO ${APPLICATION_ROLE};
    GRANT USAGE ON SCHEMA public TO ${APPLICATION_ROLE};
    ${defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${APPLICATION_ROLE};
    ${defaults} USAGE ON SEQUENCES TO ${APPLICATION_ROLE};
    ${defaults} EXECUTE ON FUNCTIONS TO ${APPLICATION_ROLE};`;
}

/** Says that every step was done. Raise the number when there is a new one. */
const PROVISIONED = 'Sealpost, provisioned 1';

async function isProvisioned(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT FROM pg_database WHERE datname = $1 AND shobj_description(oid, 'pg_database') = $2",
    [DATABASE, PROVISIONED],
  );
  return rowCount === 1;
}

async function ensureRole(
  client: pg.Client,
  role: string,
  createDatabases: 'CREATEDB' | 'NOCREATEDB',
  password: string,
): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  const limits = 'NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS';
  await client.query(
    `${verb} ROLE ${role} LOGIN ${limits} ${createDatabases} PASSWORD ${client.escapeLiteral(password)}`,
  );
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`);
}

interface Login {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

async function withClient<T>(login: Login, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...login,
    host: LOOPBACK,
    // Not left to PGSSLMODE: the server has no TLS, and the loopback needs none.
    ssl: false,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  });
  // A lost connection is told here as well as to the query that waits for it. Unheard, it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw new Error('The embedded PostgreSQL runs, but its roles and database could not be prepared.', {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

const CONNECT_MILLISECONDS = 10_000;
