import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

interface CheckFieldProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Something that is so or not, with what it is. */
export function CheckField({ label, isChecked, isDisabled = false, onChange }: CheckFieldProps): ReactNode {
  return (
    <label className="check">
      <Checkbox.Root className="checkbox" checked={isChecked} disabled={isDisabled} onCheckedChange={onChange}>
        <Checkbox.Indicator className="checkbox-mark">
          <Check size={16} strokeWidth={3} aria-hidden="true" />
        </Checkbox.Indicator>
      </Checkbox.Root>
      {label}
    </label>
  );
}
