import { codeInFrame } from './read-code.js';

const LOOK_EVERY_MS = 150;

/**
 * Looks through the camera, which `video` shows meanwhile. @returns the first code that it sees.
 * @throws {DOMException} `NotAllowedError` or `NotFoundError` as the browser says, and the signal's reason once it ends this.
 */
export async function codeFromCamera(video: HTMLVideoElement, signal: AbortSignal): Promise<string> {
  if (!('mediaDevices' in navigator)) throw new DOMException('This browser has no cameras.', 'NotFoundError');
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    signal.throwIfAborted();
    video.srcObject = stream;
    await video.play();
    for (;;) {
      const code = codeInFrame(video);
      if (code !== undefined) return code;
      await pause();
      signal.throwIfAborted();
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
