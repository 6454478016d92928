-- Distributes the log tables of a relay over the servers of a Citus cluster, by conversation. docs/scaling.md says when, what has to
-- be there before, and what then holds. For psql, at the coordinator, as the role that owns the tables (MIGRATION_DATABASE_URL),
-- with the relay stopped:
--
--   psql --set=ON_ERROR_STOP=1 --single-transaction --file=deploy/citus/distribute.sql "$MIGRATION_DATABASE_URL"
--
-- Rows that are there already move with their tables. Afterwards start the relay with DATABASE_SHARDS=conversation.

-- A conversation, and all that is said of it by its id, stands on one server: the same id falls into the same shard of each table.
SELECT create_distributed_table('conversations', 'id', colocate_with => 'none', shard_count => 64);
SELECT create_distributed_table('members', 'conversation_id', colocate_with => 'conversations');
SELECT create_distributed_table('mls_leaves', 'conversation_id', colocate_with => 'conversations');
SELECT create_distributed_table('group_infos', 'conversation_id', colocate_with => 'conversations');
SELECT create_distributed_table('entries', 'conversation_id', colocate_with => 'conversations');
SELECT create_distributed_table('gaps', 'conversation_id', colocate_with => 'conversations');
SELECT create_distributed_table('receipts', 'conversation_id', colocate_with => 'conversations');
SELECT create_distributed_table('cursors', 'conversation_id', colocate_with => 'conversations');

-- What is left stays at the coordinator as it is, and is in the same transactions: accounts, devices, sessions, keys, account_changes,
-- welcomes, attachments, reports, the audit log and the rest. None of it is a reference table: `accounts` is written with each receipt,
-- and a reference table is written on all servers at once.
