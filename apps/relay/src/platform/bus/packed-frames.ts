import { z } from 'zod';
import type { Frame } from './bus.js';

/** PostgreSQL takes less than 8,000 bytes in one notification. */
const MOST_BYTES = 7_900;
/** Topics of one frame; what has more goes in several. */
const MOST_TOPICS = 100;

const packed = z.array(z.tuple([z.array(z.string()), z.string()]));

/** As few texts as hold all frames, in their order. */
export function pack(frames: readonly Frame[]): string[] {
  const texts: string[] = [];
  let items: string[] = [];
  let bytes = 2;
  for (const item of frames.flatMap(split)) {
    const itemBytes = Buffer.byteLength(item) + 1;
    if (items.length > 0 && bytes + itemBytes > MOST_BYTES) {
      texts.push(`[${items.join()}]`);
      [items, bytes] = [[], 2];
    }
    items.push(item);
    bytes += itemBytes;
  }
  if (items.length > 0) texts.push(`[${items.join()}]`);
  return texts;
}

/** @throws when that is not what {@link pack} made. */
export function unpack(text: string): Frame[] {
  return packed.parse(JSON.parse(text)).map(([topics, body]) => ({ topics, body }));
}

function split({ topics, body }: Frame): string[] {
  const parts: string[] = [];
  for (let at = 0; at < topics.length; at += MOST_TOPICS)
    parts.push(JSON.stringify([topics.slice(at, at + MOST_TOPICS), body]));
  return parts;
}
