import type { KeyedStatement } from './shard-keys.js';

/** Whatever the janitor does with logs that are distributed by conversation: the one list, which docs/scaling.md shows. */
export const JANITOR_STATEMENTS: readonly KeyedStatement[] = [
  {
    name: 'janitor: what is due',
    key: 'none',
    reach: 'all shards',
    is: /^SELECT conversation_id, seq FROM entries WHERE expires_at <= \$1/,
  },
  {
    name: 'janitor: whose logs to look through',
    key: 'none',
    reach: 'all shards',
    is: /^SELECT id FROM conversations WHERE \(\$1::uuid IS NULL/,
  },
  { name: 'janitor: how old a log is', key: 'conversation_id', reach: 'one shard', is: /^SELECT 1 FROM \(SELECT x\./ },
  {
    name: 'janitor: members',
    key: 'conversation_id',
    reach: 'one shard',
    is: /^SELECT m\.account_id, m\.joined_seq FROM members/,
  },
  {
    name: 'janitor: their devices',
    key: 'account_id',
    reach: 'coordinator',
    is: /^SELECT id, account_id FROM devices WHERE account_id = ANY/,
  },
  {
    name: 'janitor: what these have stored',
    key: 'conversation_id',
    reach: 'one shard',
    is: /^SELECT device_id, seq FROM cursors/,
  },
  { name: 'janitor: erasing', key: 'conversation_id', reach: 'one shard', is: /^WITH due AS/ },
  { name: 'janitor: gaps', key: 'conversation_id', reach: 'one shard', is: /^INSERT INTO gaps/ },
  { name: 'janitor: forgetting', key: 'conversation_id', reach: 'one shard', is: /^DELETE FROM entries/ },
];
