import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.js';

/**
 * Every field that may stand in a log line. No identifier, name, address or token is among them: what is not listed here
 * cannot be logged, so a careless call leaks nothing.
 */
export interface LogFields {
  readonly requestId?: string;
  readonly method?: string;
  /** The route's pattern, never the URL that was asked for. */
  readonly route?: string;
  readonly event?: string;
  readonly status?: number;
  readonly code?: string;
  readonly durationMs?: number;
  readonly count?: number;
  readonly attempt?: number;
  readonly port?: number;
  readonly reason?: string;
  readonly signal?: string;
  readonly limit?: string;
  readonly migration?: string;
}

const ALLOWED: ReadonlySet<string> = new Set<keyof LogFields>([
  'requestId',
  'method',
  'route',
  'event',
  'status',
  'code',
  'durationMs',
  'count',
  'attempt',
  'port',
  'reason',
  'signal',
  'limit',
  'migration',
]);

const REFUSALS_EVERY_MS = 60_000;

/** The relay's log: JSON lines on standard output. */
export class Log {
  private readonly logger: Logger;
  private readonly refusals = new Map<string, number>();
  private readonly allRefusals = new Map<string, number>();
  private telling: NodeJS.Timeout | undefined;

  constructor(config: Pick<Config, 'LOG_LEVEL'>, destination?: DestinationStream) {
    const options = {
      ...{ level: config.LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      hooks: { streamWrite: escaped },
    };
    this.logger = destination === undefined ? pino(options) : pino(options, destination);
  }

  info(message: string, fields: LogFields = {}): void {
    this.logger.info(allowed(fields), message);
  }

  warn(message: string, fields: LogFields = {}, error?: unknown): void {
    this.logger.warn({ ...allowed(fields), ...fault(error) }, message);
  }

  error(message: string, fields: LogFields = {}, error?: unknown): void {
    this.logger.error({ ...allowed(fields), ...fault(error) }, message);
  }

  fatal(message: string, fields: LogFields = {}, error?: unknown): void {
    this.logger.fatal({ ...allowed(fields), ...fault(error) }, message);
  }

  /** One line per answered request: at `debug`, or `error` when it failed on our side. */
  request(fields: LogFields): void {
    if ((fields.status ?? 0) >= 500) this.logger.error(allowed(fields), 'request failed');
    else if (this.logger.isLevelEnabled('debug')) this.logger.debug(allowed(fields), 'request');
  }

  /** Counts a refusal. A flood of them must not fill the disk: one line a minute tells how many there were of each code. */
  refused(code: string): void {
    this.telling ??= setTimeout(() => this.tellRefusals(), REFUSALS_EVERY_MS).unref();
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    this.allRefusals.set(code, (this.allRefusals.get(code) ?? 0) + 1);
  }

  /** How many refusals of a code there were since the start. */
  refusalsOf(code: string): number {
    return this.allRefusals.get(code) ?? 0;
  }

  /** Tells of the refusals since they were told last. */
  tellRefusals(): void {
    clearTimeout(this.telling);
    this.telling = undefined;
    for (const [code, count] of this.refusals) this.info('refused', { code, count });
    this.refusals.clear();
  }

  /** What other programs say for themselves: Nest, and the embedded database. */
  log(message: unknown): void {
    this.logger.debug(String(message));
  }
}

/** JSON leaves these as they are, and some terminals take them for commands, some readers for ends of lines. */
function escaped(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function allowed(fields: LogFields): LogFields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => ALLOWED.has(key)));
}

/**
 * What may be said of an error: its name, its code and where it arose. Never its message, since PostgreSQL quotes the
 * offending values in it ("Key (username)=(…) already exists").
 */
function fault(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return error === undefined ? {} : { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { errorCode: error.code } : {};
  return { error: error.name, ...code, at: framesOf(error) };
}

/** The newest calls, by file and line. What stands before them in a stack is the message, of however many lines. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  if (start < 0) return [];
  const lines = stack.slice(start + message.length).split('\n');
  const frames = lines.filter((line) => /^\s+at /.test(line)).slice(0, MOST_FRAMES);
  return frames.map((line) => line.trim().replace(/(?<=[( ])(?:file:\/\/)?\/[^()]*\/(?=[^/]+$)/, ''));
}

const MOST_FRAMES = 8;
