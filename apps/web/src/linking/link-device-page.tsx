import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { DeviceLink } from '#sdk';
import { errorCode } from '../client/error-code.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { Notice } from '../ui/notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { useAttempt } from '../ui/use-attempt.js';
import { HandingOver } from './handing-over.js';
import { LinkingCodeForm } from './linking-code-form.js';
import { Words } from './words.js';

const DEVICES = '/settings/devices';
const EXPIRED = 'linking_expired';

type Step =
  /** Again, after what was begun came to nothing. */
  | { readonly kind: 'code'; readonly after?: 'rejected' | 'expired' }
  | { readonly kind: 'words'; readonly link: DeviceLink }
  | { readonly kind: 'confirmed' };

/** Makes the device that shows a code one of this account. */
export function LinkDevicePage(): ReactNode {
  const t = useTranslations('linking');
  const [step, setStep] = useState<Step>({ kind: 'code' });
  return (
    <main className="pane">
      <PaneHead title={t('oldTitle')} back={DEVICES} />
      <div className="pane-body">
        <OfflineNotice />
        <section className="card">
          {step.kind === 'code' && (
            <>
              {step.after === 'rejected' && <Notice tone="warning">{t('rejectedHere')}</Notice>}
              {step.after === 'expired' && <Notice tone="error">{t('problem', { code: EXPIRED })}</Notice>}
              <LinkingCodeForm onAnswered={(link) => setStep({ kind: 'words', link })} />
            </>
          )}
          {step.kind === 'words' && (
            <Compared
              link={step.link}
              onConfirmed={() => setStep({ kind: 'confirmed' })}
              onFailed={(after) => setStep({ kind: 'code', after })}
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
  readonly onFailed: (why: 'rejected' | 'expired') => void;
}

function Compared({ link, onConfirmed, onFailed }: ComparedProps): ReactNode {
  const t = useTranslations();
  const [, navigate] = useLocation();
  const { isBusy, problem, attempt } = useAttempt((code) => t('linking.problem', { code }));
  const settle = (saying: Promise<void>, then: () => void): Promise<void> =>
    attempt(async () => {
      try {
        await saying;
        then();
      } catch (error) {
        if (errorCode(error) !== EXPIRED) throw error;
        onFailed('expired');
      }
    });
  // Where it cannot be said, the other device waits until its two minutes are over.
  const leave = (): void => navigate(DEVICES);
  return (
    <>
      <h2>{t('linking.compareTitle')}</h2>
      <p className="lead">{t('linking.compareLead')}</p>
      <p>{t('linking.handOver')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Words
        words={link.words}
        isBusy={isBusy}
        onSame={() => void settle(link.confirm(), onConfirmed)}
        onDiffer={() => void settle(link.reject(), () => onFailed('rejected'))}
      />
      <button type="button" className="text-button" onClick={() => void link.reject().then(leave, leave)}>
        {t('common.cancel')}
      </button>
    </>
  );
}
