import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useFormatter, useTranslations } from 'use-intl';
import { LIMITS } from '#protocol';
import type { AccountAllowance } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import { DaysField, DEFAULT_DAYS, inSeconds } from './days-field.js';
import { useAnswer } from './use-answer.js';

const GIGABYTE = 1_000_000_000;

/** What an admin lets one account do otherwise than all. */
export function AllowanceCard({ username }: { readonly username: string }): ReactNode {
  const t = useTranslations('allowance');
  const { client } = useOpenApp();
  const { answer, problem } = useAnswer(() => client.admin.allowance(username));
  const [changed, setChanged] = useState<AccountAllowance>();
  const allowance = changed ?? answer;
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <p className="lead">{t('lead')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {allowance !== undefined && (
        <>
          <QuotasForm username={username} allowance={allowance} onChanged={setChanged} />
          <LimitsForm username={username} allowance={allowance} onChanged={setChanged} />
        </>
      )}
    </section>
  );
}

interface FormProps {
  readonly username: string;
  readonly allowance: AccountAllowance;
  readonly onChanged: (allowance: AccountAllowance) => void;
}

function QuotasForm({ username, allowance, onChanged }: FormProps): ReactNode {
  const t = useTranslations('allowance');
  const session = useSession();
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { all: inGigabytes(allowance.attachmentBytes), day: inGigabytes(allowance.attachmentBytesPerDay) },
  });
  const submit = handleSubmit(({ all, day }) =>
    attempt(async () => {
      const wanted = { attachmentBytes: bytesIn(all), attachmentBytesPerDay: bytesIn(day) };
      onChanged(await session.factors.around(client, () => client.admin.setQuotas(username, wanted)));
    }),
  );
  const { errors } = formState;
  return (
    <form noValidate className="card-form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('all')}
        hint={t('emptyAsAll')}
        inputMode="decimal"
        autoComplete="off"
        error={errors.all && t('sizeInvalid')}
        {...register('all', { validate: isSize })}
      />
      <TextField
        label={t('day')}
        hint={t('emptyAsAll')}
        inputMode="decimal"
        autoComplete="off"
        error={errors.day && t('sizeInvalid')}
        {...register('day', { validate: isSize })}
      />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button type="submit" isBusy={isBusy}>
        {t('saveQuotas')}
      </Button>
    </form>
  );
}

/** Setting the limits of an account, and lifting them. */
function useLimits({ username, allowance: { limits: _own, ...quotas }, onChanged }: FormProps) {
  const session = useSession();
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const set = (percent: string, days: string): Promise<void> =>
    attempt(async () => {
      const wanted = { percent: Number(percent), expiresInSeconds: inSeconds(days) };
      onChanged(await session.factors.around(client, () => client.admin.setLimits(username, wanted)));
    });
  const lift = (): Promise<void> =>
    attempt(async () => {
      await session.factors.around(client, () => client.admin.liftLimits(username));
      onChanged({ ...quotas, limits: null });
    });
  return { isBusy, problem, set, lift };
}

function LimitsForm(props: FormProps): ReactNode {
  const t = useTranslations('allowance');
  const format = useFormatter();
  const { limits } = props.allowance;
  const { isBusy, problem, set, lift } = useLimits(props);
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { percent: String(limits?.percent ?? 100), days: DEFAULT_DAYS },
  });
  const submit = handleSubmit(({ percent, days }) => set(percent, days));
  const until = limits && format.dateTime(new Date(limits.until), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <form noValidate className="card-form" onSubmit={(event) => void submit(event)}>
      <p>{limits === null ? t('limitsAsAll') : t('limitsOwn', { percent: limits.percent, at: until ?? '' })}</p>
      <TextField
        label={t('percent')}
        inputMode="numeric"
        autoComplete="off"
        error={formState.errors.percent && t('percentInvalid')}
        {...register('percent', { validate: isPercent })}
      />
      <DaysField label={t('holdsFor')} {...register('days')} />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <div className="button-row">
        <Button type="submit" isBusy={isBusy}>
          {t('saveLimits')}
        </Button>
        {limits !== null && (
          <Button isBusy={isBusy} onClick={() => void lift()}>
            {t('lift')}
          </Button>
        )}
      </div>
    </form>
  );
}

function inGigabytes(bytes: number | null): string {
  return bytes === null ? '' : String(bytes / GIGABYTE);
}

function bytesIn(gigabytes: string): number | null {
  return gigabytes.trim() === '' ? null : Math.round(Number(gigabytes.replace(',', '.')) * GIGABYTE);
}

function isSize(written: string): boolean {
  return (
    written.trim() === '' ||
    (/^\d{1,6}([.,]\d{1,9})?$/.test(written.trim()) && (bytesIn(written) ?? 0) <= LIMITS.attachmentBytesAllowance)
  );
}

function isPercent(written: string): boolean {
  const percent = Number(written);
  return /^\d+$/.test(written) && percent >= LIMITS.limitPercentMin && percent <= LIMITS.limitPercentMax;
}
