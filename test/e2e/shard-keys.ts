import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a statement finds its rows, once logs are distributed by conversation. */
type Reach = 'one shard' | 'all shards' | 'coordinator';

export interface KeyedStatement {
  /** As docs/scaling.md calls it. */
  readonly name: string;
  readonly key: 'conversation_id' | 'account_id' | 'device_id' | 'id' | 'none';
  readonly reach: Reach;
  readonly is: RegExp;
}

/** What docs/scaling.md says of several servers. */
export function severalServers(): string {
  const text = readFileSync(join(__dirname, '../../docs/scaling.md'), 'utf8');
  const [, below = ''] = text.split('\n## Several PostgreSQL servers\n');
  return below.split(/\n## /)[0] ?? '';
}

/** The statements that its table lists, each with its key and where it goes. */
export function listed(): (string | undefined)[][] {
  const rows = severalServers().matchAll(/^\| ([^|]+) \| `?([^|`]+)`? \| ([^|]+) \|/gm);
  return [...rows].map(([, name, key, reach]) => [name, key, reach]);
}

export function mayReach(reach: Reach, shards: readonly number[]): boolean {
  if (reach === 'one shard') return shards.length === 1;
  return reach === 'all shards' || shards.length === 0;
}
