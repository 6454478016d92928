import { LIMIT_TABLE } from '../limits/limit-table.js';
import { QUOTA_TABLE } from '../limits/quota-table.js';
import { settingNames } from './config.js';
import { SETTINGS } from './settings.js';

/** The settings as a Markdown table for docs/self-hosting.md. */
export function settingsTable(): string {
  const rows = settingNames().map((name) => {
    const setting = SETTINGS[name];
    const fallback = setting.schema.safeParse(undefined);
    const shown = fallback.success ? defaultText(fallback.data) : 'required';
    return `| \`${name}\`${'secret' in setting ? ` or \`${name}_FILE\`` : ''} | ${shown} | ${setting.about} |`;
  });
  return ['| setting | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The rate limits as a Markdown table. */
export function limitsTable(): string {
  const rows = Object.entries(LIMIT_TABLE).map(
    ([id, { burst, seconds, failOpen, about }]) =>
      `| \`${id}\` | ${String(burst)} | ${String(seconds)} s | ${failOpen ? 'open' : 'closed'} | ${about} |`,
  );
  return [
    '| id | burst | full again after | when its store is down | what it limits |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The quotas as a Markdown table. */
export function quotasTable(): string {
  const rows = Object.entries(QUOTA_TABLE).map(([id, number]) => `| \`${id}\` | ${String(number)} |`);
  return ['| id | at most |', '| --- | --- |', ...rows].join('\n');
}

function defaultText(value: unknown): string {
  if (value === undefined) return '–';
  if (value === false) return '`off`';
  if (['[]', '{}'].includes(JSON.stringify(value))) return 'none';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
