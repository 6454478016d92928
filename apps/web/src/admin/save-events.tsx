import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import type { Client } from '../client/open-client.js';
import { saveBlob } from '../ui/save-blob.js';
import { SaveButton } from '../ui/save-button.js';
import { useAdminAttempt } from './use-admin-attempt.js';

interface SaveEventsProps {
  /** Of everybody, if left out. */
  readonly username: string | undefined;
}

/** Saves what admins may see of the audit log: the newest first, a line of JSON each. */
export function SaveEvents({ username }: SaveEventsProps): ReactNode {
  const t = useTranslations('securityEvents');
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAdminAttempt();
  const save = async (): Promise<void> => saveBlob(await linesOf(client, username), fileNameFor(username));
  return <SaveButton label={t('save')} isBusy={isBusy} problem={problem} onSave={() => void attempt(save)} />;
}

/** Browsers keep large files outside of the page's memory. */
async function linesOf({ admin }: Client, username: string | undefined): Promise<Blob> {
  const pages: string[] = [];
  for (let cursor: string | undefined, isMore = true; isMore;) {
    const { items, nextCursor } = await admin.securityEvents({ username, cursor });
    pages.push(items.map((event) => `${JSON.stringify(event)}\n`).join(''));
    cursor = nextCursor ?? undefined;
    isMore = nextCursor !== null;
  }
  return new Blob(pages, { type: 'application/x-ndjson' });
}

function fileNameFor(username: string | undefined): string {
  const day = new Date().toISOString().slice(0, 10);
  return ['sealpost-security', ...(username === undefined ? [] : [username]), day].join('-') + '.ndjson';
}
