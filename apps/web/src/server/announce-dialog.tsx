import type { ComponentProps, ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { ANNOUNCEMENT_SEVERITIES, type AnnouncementSeverity, LIMITS } from '#protocol';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { DaysField, DEFAULT_DAYS, inSeconds } from './days-field.js';

interface AnnounceDialogProps {
  readonly onAnnounced: () => Promise<void>;
  readonly onClose: () => void;
}

/** Tells everybody on this server something. */
export function AnnounceDialog(props: AnnounceDialogProps): ReactNode {
  const t = useTranslations('server');
  return (
    <Dialog isOpen onClose={props.onClose} title={t('announce')}>
      <AnnounceForm {...props} />
    </Dialog>
  );
}

interface Draft {
  readonly severity: AnnouncementSeverity;
  readonly text: string;
  readonly textEn: string;
  readonly textDe: string;
  readonly days: string;
}

const EMPTY: Draft = { severity: 'info', text: '', textEn: '', textDe: '', days: DEFAULT_DAYS };

function AnnounceForm({ onAnnounced, onClose }: AnnounceDialogProps): ReactNode {
  const t = useTranslations('server');
  const session = useSession();
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm<Draft>({ defaultValues: EMPTY });
  const submit = handleSubmit((draft) =>
    attempt(async () => {
      await session.factors.around(client, () => client.admin.announce(announcementIn(draft)));
      await onAnnounced();
      onClose();
    }),
  );
  const isWritten = (text: string): boolean => text.trim() !== '';
  return (
    <form noValidate className="card-form" onSubmit={(event) => void submit(event)}>
      <label className="field">
        <span className="field-label">{t('howMuchItMatters')}</span>
        <select className="field-input" {...register('severity')}>
          {ANNOUNCEMENT_SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {t('severity', { severity })}
            </option>
          ))}
        </select>
      </label>
      <TextArea label={t('text')} {...register('text', { validate: isWritten })} />
      {formState.errors.text && <Notice tone="error">{t('textRequired')}</Notice>}
      <TextArea label={t('textEn')} lang="en" {...register('textEn')} />
      <TextArea label={t('textDe')} lang="de" {...register('textDe')} />
      <DaysField label={t('shownFor')} {...register('days')} />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {t('announceNow')}
      </Button>
    </form>
  );
}

function announcementIn({ severity, text, textEn, textDe, days }: Draft) {
  return {
    severity,
    text: text.trim(),
    expiresInSeconds: inSeconds(days),
    ...(textEn.trim() === '' ? {} : { textEn: textEn.trim() }),
    ...(textDe.trim() === '' ? {} : { textDe: textDe.trim() }),
  };
}

type TextAreaProps = Omit<ComponentProps<'textarea'>, 'className'> & { readonly label: string };

function TextArea({ label, ...area }: TextAreaProps): ReactNode {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <textarea className="field-input" rows={3} maxLength={LIMITS.announcementChars} {...area} />
    </label>
  );
}
