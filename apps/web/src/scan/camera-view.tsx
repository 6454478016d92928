import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { codeFromCamera } from './camera.js';

export type CameraProblem = 'cameraRefused' | 'cameraMissing';

interface CameraViewProps {
  readonly onCode: (code: string) => void;
  readonly onProblem: (problem: CameraProblem) => void;
}

/** What the camera sees, as long as it is shown. */
export function CameraView({ onCode, onProblem }: CameraViewProps): ReactNode {
  const t = useTranslations('scan');
  const video = useRef<HTMLVideoElement>(null);
  const found = useEffectEvent(onCode);
  const failed = useEffectEvent((error: unknown) => onProblem(problemOf(error)));
  useEffect(() => {
    const hiding = new AbortController();
    const { signal } = hiding;
    const look = async (shown: HTMLVideoElement): Promise<void> => {
      try {
        const code = await codeFromCamera(shown, signal);
        if (!signal.aborted) found(code);
      } catch (error) {
        if (!signal.aborted) failed(error);
      }
    };
    if (video.current !== null) void look(video.current);
    return () => hiding.abort();
  }, []);
  return <video ref={video} className="camera" aria-label={t('picture')} muted playsInline />;
}

function problemOf(error: unknown): CameraProblem {
  return error instanceof DOMException && error.name === 'NotAllowedError' ? 'cameraRefused' : 'cameraMissing';
}
