import type { TestRelay } from '#testing';
import { runAudit } from '../../apps/relay/src/audit-command.js';
import { AuditLog, AuditTally, CheckpointsService } from '../../apps/relay/src/audit/index.js';

/** An event as a list shows it. */
export interface ShownEvent {
  readonly seq: number;
  readonly kind: string;
  readonly actor: string;
  readonly accountId: string;
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  readonly subjectId: string | null;
  readonly count: number | null;
}

interface Listening {
  request(method: string, path: string): Promise<{ readonly body: unknown }>;
}

/** What somebody is shown of their security events, oldest first. */
export async function eventsOf(user: Listening): Promise<ShownEvent[]> {
  const { body } = await user.request('GET', '/audit?limit=200');
  return (body as { items: ShownEvent[] }).items.reverse();
}

export async function kindsOf(user: Listening): Promise<string[]> {
  return (await eventsOf(user)).map(({ kind }) => kind);
}

/** Puts down what is counted, as happens by itself within ten seconds. */
export async function writeCounts(relay: TestRelay): Promise<void> {
  await relay.part(AuditTally).write();
}

/** Puts down events that are about nobody. */
export async function putDown(relay: TestRelay, times: number): Promise<void> {
  for (let n = 1; n <= times; n++)
    await relay.part(AuditLog).record({ kind: 'retention_run', actor: 'relay', at: relay.clock.now(), count: n });
}

/** As a relay does by itself within a minute, once a day. */
export async function signToday(relay: TestRelay): Promise<void> {
  await relay.part(CheckpointsService).signToday();
}

/** The operator's command, with the settings of a relay: its exit code, and what it wrote. */
export async function audit(relay: TestRelay, ...args: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const write = (more: string): Promise<void> => {
    text += more;
    return Promise.resolve();
  };
  const code = await runAudit(args, { environment: relay.settings, write });
  return { code, text };
}

/** The command's lines of JSON. */
export async function auditLines(relay: TestRelay, command: 'export' | 'checkpoints'): Promise<ShownEvent[]> {
  const { text } = await audit(relay, command);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ShownEvent);
}

/** What somebody does who owns the tables, and shuts off what keeps them from being changed. */
export async function tamper(relay: TestRelay, ...statements: string[]): Promise<void> {
  const tables = ['audit_events', 'audit_checkpoints'];
  for (const table of tables) await relay.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  try {
    for (const sql of statements) await relay.query(sql);
  } finally {
    for (const table of tables) await relay.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
}
