import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Member } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { useOpenChat } from './open-chat.js';

/** Somebody whose key was compared has another one: nothing is sent before the reader has decided about it. */
export function ChangedKeyNotice({ member }: { readonly member: Member }): ReactNode {
  const t = useTranslations('trust');
  const { id } = useOpenChat().chat.conversation;
  const { peers } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const { accountId, username: name } = member;
  return (
    <section className="changed-key" role="alert">
      <ShieldAlert size={28} aria-hidden="true" />
      <h2>{t('changedTitle', { name })}</h2>
      <p>{t('changedLead', { name })}</p>
      <p>{t('changedAdvice', { name })}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <div className="button-row">
        <Button isBusy={isBusy} onClick={() => void attempt(() => peers.accept(accountId))}>
          {t('goOn')}
        </Button>
        <Link className="button button-primary" href={`/chats/${id}/people/${accountId}`}>
          {t('compareNow')}
        </Link>
      </div>
    </section>
  );
}
