import { decodeQR } from 'qr/decode.js';

/** Larger pictures are made smaller: a code that a camera can read needs no more. */
const MOST_PIXELS = 1_600;
/** In smaller ones a module may be a single pixel, which is too little. */
const LEAST_PIXELS = 600;
const MOST_FILE_BYTES = 32 * 1024 * 1024;
/** Who has chosen a picture waits longer than the next frame of a camera takes. */
const OF_A_FILE = { effort: Infinity, timeLimit: 2_000 };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @returns undefined when there is none to be read. @throws {RangeError} for what is no picture, or too large a file. */
export async function codeInFile(file: File): Promise<string | undefined> {
  if (file.size > MOST_FILE_BYTES) throw new RangeError('This file is too large for a picture of a code.');
  const picture = await createImageBitmap(file).catch((cause: unknown) => {
    throw new RangeError('This is no picture.', { cause });
  });
  try {
    return codeIn(picture, picture, OF_A_FILE);
  } finally {
    picture.close();
  }
}

/** As {@link codeInFile}; quickly, as there is another frame. */
export function codeInFrame(video: HTMLVideoElement): string | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  return width === 0 ? undefined : codeIn(video, { width, height });
}

function codeIn(source: CanvasImageSource, size: Size, options: Parameters<typeof decodeQR>[1] = {}) {
  const { width, height } = scaled(size);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  // What is transparent would be black.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingEnabled = width < size.width;
  context.drawImage(source, 0, 0, width, height);
  try {
    return decodeQR(context.getImageData(0, 0, width, height), options);
  } catch {
    // As it says that it has found none.
    return undefined;
  }
}

function scaled({ width, height }: Size): Size {
  const longest = Math.max(width, height);
  const factor =
    longest > MOST_PIXELS ? MOST_PIXELS / longest : longest < LEAST_PIXELS ? Math.ceil(LEAST_PIXELS / longest) : 1;
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
