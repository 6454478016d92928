import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { Contact } from '#sdk';
import { isUsername, toUsername } from '../begin/usernames.js';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { OwnReportsCard } from '../reports/own-reports-card.js';
import { ReportButton } from '../reports/report-button.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import { PrivacyCard } from './privacy-card.js';

/** Who may write to this account, and who may not. */
export function ContactsPage(): ReactNode {
  const t = useTranslations('contacts');
  const { contactBook } = useOpenApp();
  const contacts = useObservable(contactBook.contacts);
  const { problem, attempt } = useAttempt();
  const read = useEffectEvent(() => attempt(() => contactBook.read()));
  useEffect(() => void read(), []);
  const accepted = contacts?.filter(({ isBlocked }) => !isBlocked) ?? [];
  const blocked = contacts?.filter(({ isBlocked }) => isBlocked) ?? [];
  return (
    <main className="pane">
      <PaneHead title={t('title')} back="/settings" />
      <div className="pane-body">
        <OfflineNotice />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        <PrivacyCard />
        <ContactList title={t('accepted')} hint={t('acceptedHint')} none={t('noneAccepted')} contacts={accepted} />
        <ContactList title={t('blocked')} hint={t('blockedHint')} none={t('noneBlocked')} contacts={blocked} />
        <DecideForm />
        <OwnReportsCard />
      </div>
    </main>
  );
}

interface ContactListProps {
  readonly title: string;
  readonly hint: string;
  readonly none: string;
  readonly contacts: readonly Contact[];
}

function ContactList({ title, hint, none, contacts }: ContactListProps): ReactNode {
  return (
    <section className="card">
      <h2>{title}</h2>
      <p className="lead">{contacts.length === 0 ? none : hint}</p>
      <ul className="people" aria-label={title}>
        {contacts.map((contact) => (
          <li key={contact.accountId}>
            <ContactLine contact={contact} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ContactLine({
  contact: { accountId, username, displayName, isBlocked },
}: {
  readonly contact: Contact;
}): ReactNode {
  const t = useTranslations('contacts');
  const { contactBook } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  return (
    <>
      <div className="person-row" aria-busy={isBusy}>
        <div className="person">
          <Avatar name={username} />
          <span className="person-name">{username}</span>
          {displayName !== username && <span className="person-note">{displayName}</span>}
        </div>
        <ReportButton target={{ accountId, username }} isIcon />
        {isBlocked ? (
          <Button
            onClick={() => void attempt(() => contactBook.forget(username))}
            aria-label={t('unblockWho', { username })}
          >
            {t('unblock')}
          </Button>
        ) : (
          <Button
            kind="danger"
            onClick={() => void attempt(() => contactBook.block(username))}
            aria-label={t('blockWho', { username })}
          >
            {t('block')}
          </Button>
        )}
      </div>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
    </>
  );
}

/** Somebody who is in none of the lists. */
function DecideForm(): ReactNode {
  const t = useTranslations();
  const { contactBook } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState, reset } = useForm({ defaultValues: { username: '' } });
  const decide = (decision: (username: string) => Promise<void>) =>
    handleSubmit(({ username }) =>
      attempt(async () => {
        await decision(toUsername(username));
        reset();
      }),
    );
  const allow = decide((username) => contactBook.allow(username));
  const block = decide((username) => contactBook.block(username));
  return (
    <section className="card">
      <h2>{t('contacts.decide')}</h2>
      <form noValidate className="card-form" onSubmit={(event) => void allow(event)}>
        <TextField
          label={t('begin.who')}
          hint={t('contacts.decideHint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={problem ?? (formState.errors.username && t('account.usernameInvalid'))}
          {...register('username', { validate: (name) => isUsername(toUsername(name)) })}
        />
        <div className="button-row">
          <Button kind="danger" isBusy={isBusy} onClick={(event) => void block(event)}>
            {t('contacts.block')}
          </Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {t('contacts.allow')}
          </Button>
        </div>
      </form>
    </section>
  );
}
