import { Paperclip } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from '../ui/button.js';

interface FileInputProps {
  readonly label: string;
  readonly isMultiple?: boolean;
  readonly onChosen: (files: readonly File[]) => void;
}

/** A button that asks for files. */
export function FileInput({ label, isMultiple = false, onChosen }: FileInputProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => input.current?.click();
  return (
    <>
      {isMultiple ? (
        <IconButton label={label} onClick={choose}>
          <Paperclip size={21} aria-hidden="true" />
        </IconButton>
      ) : (
        <button type="button" className="text-button" onClick={choose}>
          {label}
        </button>
      )}
      <input
        ref={input}
        type="file"
        multiple={isMultiple}
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same one can be chosen again.
          target.value = '';
          if (files.length > 0) onChosen(files);
        }}
      />
    </>
  );
}
