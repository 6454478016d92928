import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { Unavailable } from '../errors/refusal.js';
import { Log } from '../logging/log.js';
import type { Counter } from '../metrics/counted.js';
import { Metrics } from '../metrics/metrics.js';
import { Tracing } from '../tracing/tracing.js';
import { dataSourceFor } from './data-source.js';
import { isOutage } from './outage.js';
import { DatabaseRefused, prepareDatabase } from './prepare-database.js';
import { SCHEMA, type Schema } from './schema.js';

const FIRST_RETRY_MS = 250;
/** With the time of an attempt, well below the five seconds within which a relay serves once its database is back. */
const LONGEST_RETRY_MS = 2_500;

/** A statement sent over a pooled connection; `name` makes it a prepared one. */
export interface PreparedQuery {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Statements of one transaction, while it alone has an advisory lock. */
export interface Turn {
  prepared(query: PreparedQuery): Promise<unknown[][]>;
}

const TAKE_TURN = `SELECT pg_try_advisory_xact_lock($1, $2), set_config('synchronous_commit', 'off', true)`;

interface Queryable {
  query(query: { name: string; text: string; values: unknown[]; rowMode: 'array' }): Promise<{ rows: unknown[][] }>;
}

interface Pool extends Queryable {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  on(event: 'error', listener: (error: unknown) => void): void;
}

/** The relay's connection to PostgreSQL: connects in the background, for ever, and says whether it is ready. */
@Injectable()
export class Database implements OnApplicationBootstrap, OnApplicationShutdown {
  private dataSource: DataSource | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;
  private refusal: DatabaseRefused | undefined;
  private readonly outages: Counter;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SCHEMA) private readonly schema: Schema,
    private readonly log: Log,
    private readonly tracing: Tracing,
    metrics: Metrics,
  ) {
    this.outages = metrics.counter({
      name: 'sealpost_database_failures_total',
      help: 'Statements and transactions that found the database away, or too busy.',
    });
    this.showPool(metrics);
  }

  /** Tries once before the relay listens; an unreachable database is retried in the background and answered with 503. */
  async onApplicationBootstrap(): Promise<void> {
    await this.connect(1);
    // A database that would lose messages or lend too much power must stop the start, not be retried.
    if (this.refusal !== undefined) throw this.refusal;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.dataSource?.destroy();
    this.dataSource = undefined;
  }

  get isReady(): boolean {
    return this.dataSource !== undefined;
  }

  /** Runs statements in one transaction. @throws {Unavailable} when PostgreSQL cannot be reached. */
  async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.guarded('database transaction', (dataSource) => dataSource.transaction(work));
  }

  /** Runs reads that must agree with each other: all of them see the database as it was at the first. */
  async snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.guarded('database snapshot', (dataSource) => dataSource.transaction('REPEATABLE READ', work));
  }

  /** One statement outside a transaction. The rows are as PostgreSQL returns them: the store parses them. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.guarded('database query', (dataSource) => dataSource.query<Row[]>(sql, [...parameters]));
  }

  /** A store's simple reads and writes go through a repository. */
  get manager(): EntityManager {
    return this.connected().manager;
  }

  /** The hot path: a prepared statement straight on the driver's pool, rows as arrays. */
  async prepared(query: PreparedQuery): Promise<unknown[][]> {
    return this.guarded(`database ${query.name}`, (dataSource) => rowsOf(poolOf(dataSource), query));
  }

  /** A prepared statement within a transaction. */
  async preparedWithin(manager: EntityManager, query: PreparedQuery): Promise<unknown[][]> {
    return rowsOf(await clientOf(manager), query);
  }

  /** The one statement of a turn, see `inTurn`. */
  async preparedInTurn(lock: readonly [number, number], query: PreparedQuery): Promise<unknown[][] | undefined> {
    return this.inTurn(lock, query.name, (turn) => turn.prepared(query));
  }

  /**
   * Prepared statements for work in the background, in a transaction that alone has an advisory lock; undefined while somebody else has
   * it. They see what whoever had it before has done. Their commit does not wait for the disk, which those who send need more: what
   * a crash undoes has to be what is done again.
   */
  async inTurn<T>(
    lock: readonly [number, number],
    name: string,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T | undefined> {
    return this.guarded(`database ${name}`, (dataSource) =>
      dataSource.transaction(async (manager) => {
        const client = await clientOf(manager);
        const [[granted] = []] = await rowsOf(client, { name: 'turn', text: TAKE_TURN, values: lock });
        return granted === true ? work({ prepared: (query) => rowsOf(client, query) }) : undefined;
      }),
    );
  }

  private connected(): DataSource {
    if (this.dataSource === undefined) throw new Unavailable('The database is not connected yet.');
    return this.dataSource;
  }

  /** @param name what a span says of it, which is nothing of the statement. */
  private async guarded<T>(name: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
    try {
      const dataSource = this.connected();
      if (!this.tracing.isOn) return await work(dataSource);
      return await this.tracing.part(name, { 'db.system.name': 'postgresql' }, () => work(dataSource));
    } catch (error) {
      if (!isOutage(error)) throw error;
      this.outages.add();
      throw Object.assign(new Unavailable(), { cause: error });
    }
  }

  private showPool(metrics: Metrics): void {
    const pool = (): Pool | undefined => (this.dataSource === undefined ? undefined : poolOf(this.dataSource));
    metrics.gauge({
      name: 'sealpost_database_connections',
      help: 'Connections to PostgreSQL, by whether they are at work.',
      label: 'state',
      read: () => {
        const { totalCount = 0, idleCount = 0 } = pool() ?? {};
        return new Map([
          ['idle', idleCount],
          ['used', totalCount - idleCount],
        ]);
      },
    });
    metrics.gauge({
      name: 'sealpost_database_connections_limit',
      help: 'How many connections to PostgreSQL there may be.',
      read: () => this.config.DATABASE_POOL_SIZE,
    });
    metrics.gauge({
      name: 'sealpost_database_waiting',
      help: 'Statements and transactions that wait for a connection.',
      read: () => pool()?.waitingCount ?? 0,
    });
  }

  private async connect(attempt: number): Promise<void> {
    const started = performance.now();
    try {
      const url = this.config.DATABASE_URL ?? '';
      await prepareDatabase({
        applicationUrl: url,
        ownerUrl: this.config.MIGRATION_DATABASE_URL ?? url,
        schema: this.schema,
        log: this.log,
      });
      const dataSource = await dataSourceFor({
        url,
        poolSize: this.config.DATABASE_POOL_SIZE,
        schema: this.schema,
      }).initialize();
      // Without a listener, an idle connection that breaks would end the process. A pool that closes does not wait until its
      // connections have ended: a database that stops next may be the one that ends them, which is no news.
      poolOf(dataSource).on('error', (error) => {
        if (!this.stopped) this.log.warn('database connection lost', {}, error);
      });
      if (this.stopped) {
        await dataSource.destroy();
        return;
      }
      this.dataSource = dataSource;
      this.log.info('database ready', { attempt, durationMs: Math.round(performance.now() - started) });
    } catch (error) {
      if (error instanceof DatabaseRefused) {
        this.refusal = error;
        this.log.fatal('database refused', { reason: error.message });
        return;
      }
      this.connectLater(attempt, error);
    }
  }

  private connectLater(attempt: number, error: unknown): void {
    if (this.stopped) return;
    const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
    this.log.warn('database unreachable, trying again', { attempt, durationMs: waitMs }, error);
    this.retry = setTimeout(() => void this.connect(attempt + 1), waitMs);
  }
}

async function rowsOf(client: Queryable, { name, text, values }: PreparedQuery): Promise<unknown[][]> {
  const { rows } = await client.query({ name, text, values: [...values], rowMode: 'array' });
  return rows;
}

async function clientOf({ queryRunner }: EntityManager): Promise<Queryable> {
  return (await queryRunner?.connect()) as Queryable;
}

function poolOf(dataSource: DataSource): Pool {
  // TypeORM's PostgresDriver keeps the pg pool in `master`; its type says `any`.
  const { driver } = dataSource as unknown as { driver: { master: Pool } };
  return driver.master;
}

/** Whether an error is PostgreSQL's "unique_violation", optionally of one constraint. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const cause = error.driverError as { code?: unknown; constraint?: unknown };
  return cause.code === '23505' && (constraint === undefined || cause.constraint === constraint);
}
