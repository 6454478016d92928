/** What the app shows by itself. All others are saved, and nothing of them is opened here. */
export type ShownAs = 'picture' | 'film' | 'sound';

/** Types that are no document and run nothing: an SVG is both. */
const SHOWN: Readonly<Record<string, ShownAs>> = {
  'image/avif': 'picture',
  'image/gif': 'picture',
  'image/jpeg': 'picture',
  'image/png': 'picture',
  'image/webp': 'picture',
  'video/mp4': 'film',
  'video/webm': 'film',
  'audio/aac': 'sound',
  'audio/flac': 'sound',
  'audio/mp4': 'sound',
  'audio/mpeg': 'sound',
  'audio/ogg': 'sound',
  'audio/wav': 'sound',
  'audio/webm': 'sound',
};

/** @param mediaType as its sender has written it, with parameters or without. */
export function shownAs(mediaType: string): ShownAs | undefined {
  const [essence = ''] = mediaType.toLowerCase().split(';');
  const type = essence.trim();
  return Object.hasOwn(SHOWN, type) ? SHOWN[type] : undefined;
}

/** What is no part of a name: a control character, or one that turns the direction, so that `gpj.exe` reads `exe.jpg`. */
const NOT_OF_A_NAME = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A name of a file as its sender has written it, without what would make it look like another one. */
export function shownName(name: string): string {
  const shown = name.replaceAll(NOT_OF_A_NAME, '').trim();
  return shown === '' ? '–' : shown;
}
