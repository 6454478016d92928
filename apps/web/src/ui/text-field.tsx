import { Field } from '@base-ui/react/field';
import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './button.js';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'className'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** An input with its label, and what is to be said about it. */
export function TextField({ label, hint, error, ...input }: TextFieldProps): ReactNode {
  return (
    <Field.Root className="field" invalid={error !== undefined}>
      <Field.Label className="field-label">{label}</Field.Label>
      <Field.Control className="field-input" {...input} />
      <FieldNote hint={hint} error={error} />
    </Field.Root>
  );
}

/** As {@link TextField}; what is typed can be shown. */
export function PasswordField({ label, hint, error, ...input }: TextFieldProps): ReactNode {
  const t = useTranslations('account');
  const [isShown, setShown] = useState(false);
  return (
    <Field.Root className="field" invalid={error !== undefined}>
      <Field.Label className="field-label">{label}</Field.Label>
      <span className="field-with-button">
        <Field.Control className="field-input" type={isShown ? 'text' : 'password'} spellCheck={false} {...input} />
        <IconButton label={isShown ? t('hidePassword') : t('showPassword')} onClick={() => setShown(!isShown)}>
          {isShown ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}
        </IconButton>
      </span>
      <FieldNote hint={hint} error={error} />
    </Field.Root>
  );
}

function FieldNote({ hint, error }: Pick<TextFieldProps, 'hint' | 'error'>): ReactNode {
  return (
    <>
      {hint !== undefined && error === undefined && (
        <Field.Description className="field-hint">{hint}</Field.Description>
      )}
      <Field.Error className="field-error" match={error !== undefined}>
        {error}
      </Field.Error>
    </>
  );
}
