import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { DeviceLink } from '#sdk';
import { OfflineNotice } from '../ui/offline-notice.js';
import { Notice } from '../ui/notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { useAttempt } from '../ui/use-attempt.js';
import { HandingOver } from './handing-over.js';
import { LinkingCodeForm } from './linking-code-form.js';
import { Words } from './words.js';

const DEVICES = '/settings/devices';

type Step =
  | { readonly kind: 'code'; readonly isRejected: boolean }
  | { readonly kind: 'words'; readonly link: DeviceLink }
  | { readonly kind: 'confirmed' };

/** Makes the device that shows a code one of this account. */
export function LinkDevicePage(): ReactNode {
  const t = useTranslations('linking');
  const [step, setStep] = useState<Step>({ kind: 'code', isRejected: false });
  return (
    <main className="pane">
      <PaneHead title={t('oldTitle')} back={DEVICES} />
      <div className="pane-body">
        <OfflineNotice />
        <section className="card">
          {step.kind === 'code' && (
            <>
              {step.isRejected && <Notice tone="warning">{t('rejectedHere')}</Notice>}
              <LinkingCodeForm onAnswered={(link) => setStep({ kind: 'words', link })} />
            </>
          )}
          {step.kind === 'words' && (
            <Compared
              link={step.link}
              onConfirmed={() => setStep({ kind: 'confirmed' })}
              onRejected={() => setStep({ kind: 'code', isRejected: true })}
            />
          )}
          {step.kind === 'confirmed' && <HandingOver />}
        </section>
      </div>
    </main>
  );
}

interface ComparedProps {
  readonly link: DeviceLink;
  readonly onConfirmed: () => void;
  readonly onRejected: () => void;
}

function Compared({ link, onConfirmed, onRejected }: ComparedProps): ReactNode {
  const t = useTranslations();
  const [, navigate] = useLocation();
  const { isBusy, problem, attempt } = useAttempt((code) => t('linking.problem', { code }));
  const confirm = (): Promise<void> => attempt(() => link.confirm().then(onConfirmed));
  const reject = (then: () => void): Promise<void> => attempt(() => link.reject().then(then));
  return (
    <>
      <h2>{t('linking.compareTitle')}</h2>
      <p className="lead">{t('linking.compareLead')}</p>
      <p>{t('linking.handOver')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Words
        words={link.words}
        isBusy={isBusy}
        onSame={() => void confirm()}
        onDiffer={() => void reject(onRejected)}
      />
      <button type="button" className="text-button" onClick={() => void reject(() => navigate(DEVICES))}>
        {t('common.cancel')}
      </button>
    </>
  );
}
