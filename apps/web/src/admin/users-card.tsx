import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { AdminUser } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { useAdminAttempt } from './use-admin-attempt.js';
import { dayText } from './day-text.js';

/** What was found, and how to go on. */
interface Found {
  readonly search: string;
  readonly users: readonly AdminUser[];
  readonly nextCursor: string | null;
}

/** The accounts of the server, by name. */
export function UsersCard(): ReactNode {
  const t = useTranslations('admin');
  const { client } = useOpenApp();
  const [found, setFound] = useState<Found>();
  const { isBusy, problem, attempt } = useAdminAttempt();
  const look = (search: string, before?: Found): Promise<void> =>
    attempt(async () => {
      const { items, nextCursor } = await client.admin.users({ search, cursor: before?.nextCursor ?? undefined });
      setFound({ search, users: [...(before?.users ?? []), ...items], nextCursor });
    });
  const begin = useEffectEvent(() => look(''));
  useEffect(() => void begin(), []);
  return (
    <section className="card" aria-busy={isBusy}>
      <h2>{t('users')}</h2>
      <SearchForm isBusy={isBusy} onSearch={look} />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {found === undefined && problem === undefined && <p role="status">{t('loading')}</p>}
      {found?.users.length === 0 && <p role="status">{t('noUsers')}</p>}
      <ul className="people" aria-label={t('users')}>
        {found?.users.map((user) => (
          <li key={user.username}>
            <UserLine user={user} />
          </li>
        ))}
      </ul>
      {typeof found?.nextCursor === 'string' && (
        <Button isBusy={isBusy} onClick={() => void look(found.search, found)}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

interface SearchFormProps {
  readonly isBusy: boolean;
  readonly onSearch: (search: string) => Promise<void>;
}

function SearchForm({ isBusy, onSearch }: SearchFormProps): ReactNode {
  const t = useTranslations('admin');
  const { register, handleSubmit, formState } = useForm({ defaultValues: { search: '' } });
  const submit = handleSubmit(({ search }) => onSearch(search.trim().toLowerCase()));
  return (
    <form noValidate className="card-form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('search')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={formState.errors.search && t('searchInvalid')}
        {...register('search', { pattern: /^\s*[\w.-]{0,32}\s*$/ })}
      />
      <Button type="submit" isBusy={isBusy}>
        {t('searchButton')}
      </Button>
    </form>
  );
}

function UserLine({ user }: { readonly user: AdminUser }): ReactNode {
  const t = useTranslations('admin');
  const format = useFormatter();
  const { username, state, admin, lastSeenDay } = user;
  const seen = t('lastSeen', { day: dayText(format, lastSeenDay) });
  return (
    <div className="person-row">
      <Link className="person" href={`/settings/admin/users/${username}`}>
        <Avatar name={username} />
        <span className="person-name">{username}</span>
        <span className="person-note">
          {[t('state', { state }), ...(admin ? [t('isAdmin')] : []), seen].join(' · ')}
        </span>
      </Link>
    </div>
  );
}
