import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { IntlProvider } from 'use-intl';
import type { Messages } from './en.js';
import { enFirst } from './en-first.js';
import { type Language, localeOf, messagesOf, preferredLanguage, rememberLanguage } from './languages.js';

interface LanguageChoice {
  readonly language: Language;
  /** Whether all words are there; until then only those that are wanted before an account is open. */
  readonly isWhole: boolean;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice>({ language: 'en', isWhole: false, choose: () => undefined });

interface Shown {
  readonly language: Language;
  readonly messages: Messages;
  readonly isWhole: boolean;
}

/** Nobody waits for a page to sign in; the words of all the others follow it. */
const FIRST: Shown = { language: 'en', messages: enFirst as Messages, isWhole: false };

/** Words, dates and numbers in the language of who uses it. */
export function I18n({ children }: { readonly children: ReactNode }): ReactNode {
  const [wanted, setWanted] = useState(preferredLanguage);
  const [shown, setShown] = useState<Shown | undefined>(wanted === 'en' ? FIRST : undefined);

  useEffect(() => {
    let isCurrent = true;
    void messagesOf(wanted).then((messages) => {
      if (!isCurrent) return;
      document.documentElement.lang = wanted;
      setShown({ language: wanted, messages, isWhole: true });
    });
    return () => void (isCurrent = false);
  }, [wanted]);

  const isWhole = shown?.isWhole === true;
  const choice = useMemo(
    () => ({
      language: wanted,
      isWhole,
      choose: (language: Language) => {
        rememberLanguage(language);
        setWanted(language);
      },
    }),
    [wanted, isWhole],
  );
  if (shown === undefined) return null;
  return (
    <LanguageContext value={choice}>
      <IntlProvider locale={localeOf(shown.language)} messages={shown.messages} timeZone={localTimeZone}>
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}

const localTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useLanguage(): LanguageChoice {
  return use(LanguageContext);
}
