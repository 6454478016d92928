import { Field } from '@base-ui/react/field';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { LIMITS, REPORT_REASONS, type ReportReason } from '#protocol';
import type { FiledReport } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/check-field.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import type { ReportTarget } from './report-target.js';
import { AttachList } from './attach-list.js';

interface ReportFormProps {
  readonly target: ReportTarget;
  readonly onFiled: (report: FiledReport) => void;
}

const NOTHING_SAID: { reason: ReportReason; words: string } = { reason: 'spam', words: '' };

/** Why, and what is to be shown of it. */
export function ReportForm({ target, onFiled }: ReportFormProps): ReactNode {
  const t = useTranslations('reports');
  const { username: name, conversationId } = target;
  const { client, contactBook } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt((code) => (code === 'payload_too_large' ? t('tooLong') : ''));
  const [attached, setAttached] = useState(() => firstAttached(target));
  const [isBlocking, setBlocking] = useState(false);
  const { register, handleSubmit } = useForm({ defaultValues: NOTHING_SAID });
  const send = handleSubmit(({ reason, words }) =>
    attempt(async () => {
      const where = conversationId === undefined ? {} : { conversationId, messageIds: [...attached] };
      const filed = await client.reports.file({ username: name, reason, text: words.trim(), ...where, block: isBlocking });
      if (isBlocking) await contactBook.read();
      onFiled(filed);
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <p className="lead">{t('lead', { name })}</p>
      <Field.Root className="field">
        <Field.Label className="field-label">{t('reason')}</Field.Label>
        <Field.Control className="field-input" render={<select {...register('reason')}>{useReasons()}</select>} />
      </Field.Root>
      <Field.Root className="field">
        <Field.Label className="field-label">{t('words')}</Field.Label>
        <Field.Control
          className="field-input"
          render={<textarea rows={3} maxLength={LIMITS.reportTextChars} {...register('words')} />}
        />
      </Field.Root>
      <AttachList target={target} attached={attached} onChange={setAttached} />
      <Notice tone="warning">{t('warning')}</Notice>
      <CheckField label={t('block', { name })} isChecked={isBlocking} onChange={setBlocking} />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="danger" type="submit" isBusy={isBusy}>
        {t('send')}
      </Button>
    </form>
  );
}

/** What the report began from, and nothing else. */
function firstAttached({ record }: ReportTarget): ReadonlySet<string> {
  const id = record?.id ?? null;
  return new Set(id === null ? [] : [id]);
}

function useReasons(): ReactNode {
  const t = useTranslations('reports');
  return REPORT_REASONS.map((reason) => (
    <option key={reason} value={reason}>
      {t('reasonIs', { reason })}
    </option>
  ));
}
