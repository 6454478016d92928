/** As browsers write it; the first one that this one can. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'] as const;
const ENDINGS: Readonly<Record<string, string>> = { 'audio/webm': 'webm', 'audio/mp4': 'm4a', 'audio/ogg': 'ogg' };
/** Enough for speech. */
const BITS_PER_SECOND = 32_000;
export const LONGEST_RECORDING_MS = 30 * 60_000;

export type RecordingProblem = 'refused' | 'missing' | 'other';

export interface Recorded {
  readonly file: File;
  readonly durationMs: number;
}

/** What the microphone hears, from {@link start} on. Nothing of it leaves before somebody sends it. */
export class VoiceRecording {
  private readonly startedAtMs = performance.now();
  private readonly parts: Blob[] = [];
  private readonly ended: Promise<void>;
  private durationMs: number | undefined;

  private constructor(
    private readonly stream: MediaStream,
    private readonly recorder: MediaRecorder,
  ) {
    recorder.addEventListener('dataavailable', ({ data }) => void this.parts.push(data));
    this.ended = new Promise((resolve) => recorder.addEventListener('stop', () => resolve(), { once: true }));
    recorder.start();
  }

  /** @throws {DOMException} as the browser says it. */
  static async start(): Promise<VoiceRecording> {
    if (!('mediaDevices' in navigator) || !('MediaRecorder' in window))
      throw new DOMException('This browser records nothing.', 'NotFoundError');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    try {
      const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
      const options = { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType !== undefined && { mimeType }) };
      return new VoiceRecording(stream, new MediaRecorder(stream, options));
    } catch (error) {
      letGo(stream);
      throw error;
    }
  }

  get elapsedMs(): number {
    return this.durationMs ?? performance.now() - this.startedAtMs;
  }

  /** The microphone is free from here on. */
  stop(): void {
    if (this.recorder.state === 'inactive') return;
    this.durationMs = performance.now() - this.startedAtMs;
    this.recorder.stop();
    letGo(this.stream);
  }

  async finish(name: string): Promise<Recorded> {
    this.stop();
    await this.ended;
    const [type = ''] = this.recorder.mimeType.split(';');
    const file = new File(this.parts, `${name}.${ENDINGS[type] ?? 'audio'}`, { type });
    return { file, durationMs: Math.round(this.elapsedMs) };
  }
}

function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export function recordingProblem(error: unknown): RecordingProblem {
  if (!(error instanceof DOMException)) return 'other';
  if (error.name === 'NotAllowedError') return 'refused';
  return error.name === 'NotFoundError' ? 'missing' : 'other';
}
