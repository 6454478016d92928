import { BadgeCheck, ShieldAlert, ShieldQuestion } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { PeerState, SafetyNumber } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useChat } from '../conversation/use-chat.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { useAttempt } from '../ui/use-attempt.js';

/** Few compare by camera, and what reads codes is large. */
const SafetyCodes = lazy(async () => ({ default: (await import('./safety-codes.js')).SafetyCodes }));

interface Person {
  readonly accountId: string;
  readonly name: string;
}

interface Comparison {
  readonly number: SafetyNumber;
  readonly state: PeerState;
}

interface SafetyNumberPageProps {
  readonly id: string;
  readonly accountId: string;
}

/** What two people compare to know that nobody sits between them. */
export function SafetyNumberPage({ id, accountId }: SafetyNumberPageProps): ReactNode {
  const t = useTranslations('people');
  const chat = useChat(id);
  const name = chat?.conversation.members.find((member) => member.accountId === accountId)?.username;
  return (
    <main className="pane">
      <PaneHead title={t('compare')} back={`/chats/${id}/people`} />
      <div className="pane-body">{name !== undefined && <Compared accountId={accountId} name={name} />}</div>
    </main>
  );
}

function Compared({ accountId, name }: Person): ReactNode {
  const t = useTranslations('people');
  const { comparison, isBusy, problem, verify, unverify, reload } = useComparison({ accountId, name });
  return (
    <section className="card safety">
      <h2>{t('safetyTitle', { name })}</h2>
      <p className="lead">{t('safetyLead', { name })}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {comparison === undefined ? (
        isBusy && <p role="status">{t('loading')}</p>
      ) : (
        <>
          <Digits digits={comparison.number.digits} />
          <p className={`safety-state safety-${comparison.state}`} role="status">
            <StateIcon state={comparison.state} />
            {t('state', { state: comparison.state, name })}
          </p>
          {comparison.state === 'verified' ? (
            <Button isBusy={isBusy} onClick={() => void unverify()}>
              {t('unverify')}
            </Button>
          ) : (
            <Button kind="primary" isBusy={isBusy} onClick={() => void verify(comparison.number.fingerprint)}>
              {t('markVerified')}
            </Button>
          )}
          <Suspense fallback={null}>
            <SafetyCodes accountId={accountId} name={name} onScanned={reload} />
          </Suspense>
        </>
      )}
    </section>
  );
}

/** The newest keys of somebody, and what is compared of them. */
function useComparison({ accountId, name }: Person) {
  const { client, peers } = useOpenApp();
  const { contacts } = client;
  const { isBusy, problem, attempt } = useAttempt();
  const [comparison, setComparison] = useState<Comparison>();

  const reload = (): Promise<void> =>
    attempt(async () => {
      const { state } = await contacts.refresh({ accountId, username: name });
      setComparison({ number: await contacts.safetyNumberWith(accountId), state });
    });
  const load = useEffectEvent(reload);
  useEffect(() => void load(), [accountId, name]);

  const verify = (fingerprint: string): Promise<void> =>
    attempt(async () => {
      await peers.markVerified(accountId, fingerprint);
      setComparison((before) => before && { ...before, state: 'verified' });
    });
  const unverify = (): Promise<void> =>
    attempt(async () => {
      await peers.unverify(accountId);
      setComparison((before) => before && { ...before, state: 'unverified' });
    });
  return { comparison, isBusy, problem, verify, unverify, reload };
}

/** Twelve groups of five, as they are read out. */
function Digits({ digits }: { readonly digits: string }): ReactNode {
  const groups = digits.replaceAll(/\D/g, '').match(/\d{5}/g) ?? [];
  return (
    <p className="digits" translate="no">
      {groups.map((group, index) => (
        // Each stands at its place for good.
        <span key={index}>{group} </span>
      ))}
    </p>
  );
}

function StateIcon({ state }: { readonly state: PeerState }): ReactNode {
  if (state === 'verified') return <BadgeCheck size={20} aria-hidden="true" />;
  return state === 'changed' ? (
    <ShieldAlert size={20} aria-hidden="true" />
  ) : (
    <ShieldQuestion size={20} aria-hidden="true" />
  );
}
