import { Camera, CameraOff, Image } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { type CameraProblem, CameraView } from './camera-view.js';
import { codeInFile } from './read-code.js';

interface CodeScannerProps {
  readonly onCode: (code: string) => void;
}

/** Reads a QR code, by the camera or out of a picture. */
export function CodeScanner({ onCode }: CodeScannerProps): ReactNode {
  const t = useTranslations('scan');
  const [isLooking, setLooking] = useState(false);
  const [problem, setProblem] = useState<CameraProblem | 'noCode' | 'noPicture'>();
  const look = (isWanted: boolean): void => {
    setProblem(undefined);
    setLooking(isWanted);
  };
  const read = async (file: File): Promise<void> => {
    look(false);
    try {
      const code = await codeInFile(file);
      if (code === undefined) setProblem('noCode');
      else onCode(code);
    } catch {
      setProblem('noPicture');
    }
  };
  return (
    <div className="scanner">
      {isLooking && (
        <CameraView
          onCode={(code) => {
            look(false);
            onCode(code);
          }}
          onProblem={(found) => {
            look(false);
            setProblem(found);
          }}
        />
      )}
      {problem !== undefined && <Notice tone="error">{t(problem)}</Notice>}
      <div className="button-row">
        <CameraButton isLooking={isLooking} onChange={look} />
        <PictureButton onChosen={(file) => void read(file)} />
      </div>
    </div>
  );
}

interface CameraButtonProps {
  readonly isLooking: boolean;
  readonly onChange: (isLooking: boolean) => void;
}

function CameraButton({ isLooking, onChange }: CameraButtonProps): ReactNode {
  const t = useTranslations('scan');
  const Icon = isLooking ? CameraOff : Camera;
  return (
    <Button onClick={() => onChange(!isLooking)}>
      <Icon size={18} aria-hidden="true" />
      {isLooking ? t('stop') : t('camera')}
    </Button>
  );
}

function PictureButton({ onChosen }: { readonly onChosen: (file: File) => void }): ReactNode {
  const t = useTranslations('scan');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <Image size={18} aria-hidden="true" />
        {t('file')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onChosen(file);
          // The same one can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
