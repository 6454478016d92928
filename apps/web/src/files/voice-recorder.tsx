import { Mic, SendHorizontal, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { clockText } from './file-words.js';
import {
  LONGEST_RECORDING_MS,
  type Recorded,
  recordingProblem,
  type RecordingProblem,
  VoiceRecording,
} from './voice-recording.js';

/** What stood there had the focus, and is gone. */
const focused = (button: HTMLButtonElement | null): void => button?.focus();

const TICK_MS = 250;

interface VoiceRecorderProps {
  readonly onRecorded: (recorded: Recorded) => void;
  readonly onClose: () => void;
}

/** Stands where one writes, while somebody speaks. */
export function VoiceRecorder({ onRecorded, onClose }: VoiceRecorderProps): ReactNode {
  const t = useTranslations('files');
  const { recording, problem } = useRecording();
  const elapsedMs = useElapsed(recording);
  const send = async (): Promise<void> => {
    const recorded = await recording?.finish(t('voice'));
    if (recorded !== undefined) onRecorded(recorded);
    onClose();
  };
  return (
    <div className="composer recorder" role="group" aria-label={t('recording')}>
      {problem !== undefined && <Notice tone="error">{t('recordProblem', { problem })}</Notice>}
      {elapsedMs >= LONGEST_RECORDING_MS && <Notice tone="warning">{t('longest')}</Notice>}
      <IconButton ref={focused} label={t('recordDrop')} onClick={onClose}>
        <Trash2 size={20} aria-hidden="true" />
      </IconButton>
      <span className="recorder-time">
        <Mic size={18} aria-hidden="true" className={recording === undefined ? '' : 'recorder-on'} />
        <span role="timer">{clockText(elapsedMs)}</span>
      </span>
      <IconButton
        label={t('recordSend')}
        className="send"
        disabled={recording === undefined}
        onClick={() => void send()}
      >
        <SendHorizontal size={20} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** Begins with this, and ends with it at the latest. */
function useRecording() {
  const [recording, setRecording] = useState<VoiceRecording>();
  const [problem, setProblem] = useState<RecordingProblem>();
  useEffect(() => {
    let begun: VoiceRecording | undefined;
    let isOver = false;
    const begin = async (): Promise<void> => {
      try {
        begun = await VoiceRecording.start();
        if (isOver) begun.stop();
        else setRecording(begun);
      } catch (error) {
        if (!isOver) setProblem(recordingProblem(error));
      }
    };
    void begin();
    return () => {
      isOver = true;
      begun?.stop();
    };
  }, []);
  return { recording, problem };
}

function useElapsed(recording: VoiceRecording | undefined): number {
  const [elapsedMs, setElapsedMs] = useState(0);
  const tick = useEffectEvent(() => {
    if (recording === undefined) return;
    if (recording.elapsedMs >= LONGEST_RECORDING_MS) recording.stop();
    setElapsedMs(recording.elapsedMs);
  });
  useEffect(() => {
    const timer = setInterval(() => tick(), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return elapsedMs;
}
