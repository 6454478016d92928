import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { IntlProvider } from 'use-intl';
import { en, type Messages } from './en.js';
import { type Language, localeOf, messagesOf, preferredLanguage, rememberLanguage } from './languages.js';

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice>({ language: 'en', choose: () => undefined });

interface Shown {
  readonly language: Language;
  readonly messages: Messages;
}

/** Words, dates and numbers in the language of who uses it. */
export function I18n({ children }: { readonly children: ReactNode }): ReactNode {
  const [wanted, setWanted] = useState(preferredLanguage);
  const [shown, setShown] = useState<Shown | undefined>(wanted === 'en' ? { language: 'en', messages: en } : undefined);

  useEffect(() => {
    let isCurrent = true;
    void messagesOf(wanted).then((messages) => {
      if (!isCurrent) return;
      document.documentElement.lang = wanted;
      setShown({ language: wanted, messages });
    });
    return () => void (isCurrent = false);
  }, [wanted]);

  const choice = useMemo(
    () => ({
      language: wanted,
      choose: (language: Language) => {
        rememberLanguage(language);
        setWanted(language);
      },
    }),
    [wanted],
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
