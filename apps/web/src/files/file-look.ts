import { shownAs } from './shown-as.js';

/** What is told of a file before somebody fetches it. */
export interface FileLook {
  /** A JPEG of {@link MOST_THUMBNAIL_BYTES} at most. */
  readonly thumbnail?: Uint8Array;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
}

/** As `attachments.send` takes it. */
const MOST_THUMBNAIL_BYTES = 16 * 1024;
/** From the best to what always fits. */
const TRIES = [
  { side: 360, quality: 0.75 },
  { side: 320, quality: 0.6 },
  { side: 240, quality: 0.5 },
  { side: 160, quality: 0.4 },
  { side: 96, quality: 0.3 },
] as const;
/** A film that has shown nothing by then goes without a picture of it. */
const MOST_WAITING_MS = 10_000;
/** At the very start many are black. */
const LOOK_AT_SECONDS = 1;

/** Looks at a file here, before anything of it leaves. What cannot be looked at is a file like any other. */
export async function lookOf(file: File): Promise<FileLook> {
  const kind = shownAs(file.type);
  try {
    if (kind === 'picture') return await lookOfPicture(file);
    if (kind !== undefined) return await lookOfMedia(file, kind === 'film' ? 'video' : 'audio');
  } catch {
    // Broken, or of a kind that this browser does not know.
  }
  return {};
}

async function lookOfPicture(file: File): Promise<FileLook> {
  const picture = await createImageBitmap(file);
  try {
    const { width, height } = picture;
    return { width, height, ...(await thumbnailOf(picture, { width, height })) };
  } finally {
    picture.close();
  }
}

async function lookOfMedia(file: File, tag: 'video' | 'audio'): Promise<FileLook> {
  const url = URL.createObjectURL(file);
  const media = document.createElement(tag);
  try {
    media.muted = true;
    media.preload = 'auto';
    media.src = url;
    await happens(media, 'loadeddata');
    const duration = durationOf(media);
    return media instanceof HTMLVideoElement ? { ...duration, ...(await lookOfFilm(media)) } : duration;
  } finally {
    media.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}

async function lookOfFilm(film: HTMLVideoElement): Promise<FileLook> {
  const { videoWidth: width, videoHeight: height } = film;
  if (width === 0 || height === 0) return {};
  film.currentTime = Number.isFinite(film.duration) ? Math.min(LOOK_AT_SECONDS, film.duration / 2) : 0;
  await happens(film, 'seeked');
  return { width, height, ...(await thumbnailOf(film, { width, height })) };
}

/** What was recorded as it went often does not say how long it is. */
function durationOf({ duration }: HTMLMediaElement): FileLook {
  return Number.isFinite(duration) ? { durationMs: Math.round(duration * 1000) } : {};
}

interface Size {
  readonly width: number;
  readonly height: number;
}

async function thumbnailOf(source: CanvasImageSource, size: Size): Promise<FileLook> {
  for (const { side, quality } of TRIES) {
    const blob = await drawn(source, scaledInto(side, size), quality);
    if (blob.size <= MOST_THUMBNAIL_BYTES) return { thumbnail: new Uint8Array(await blob.arrayBuffer()) };
  }
  return {};
}

/** Not larger than it is. */
function scaledInto(side: number, { width, height }: Size): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function drawn(source: CanvasImageSource, { width, height }: Size, quality: number): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing');
  // A JPEG has no transparency: what is none would be black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null): void => (blob === null ? reject(new Error('nothing was drawn')) : resolve(blob));
    canvas.toBlob(done, 'image/jpeg', quality);
  });
}

function happens(media: HTMLMediaElement, event: 'loadeddata' | 'seeked'): Promise<void> {
  const ending = new AbortController();
  const { signal } = ending;
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it does not load')), MOST_WAITING_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
    media.addEventListener(event, () => resolve(), { signal });
    media.addEventListener('error', () => reject(new Error('it cannot be played')), { signal });
  }).finally(() => ending.abort());
}
