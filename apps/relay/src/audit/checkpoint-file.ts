import { z } from 'zod';
import type { Checkpoint } from './checkpoint.js';

const bytes = (length: number) =>
  z
    .base64url()
    .transform((text) => Buffer.from(text, 'base64url'))
    .refine((buffer) => buffer.length === length);

const checkpointLine = z.object({
  number: z.int().positive(),
  day: z.iso.date(),
  seq: z.int().positive(),
  hash: bytes(32),
  at: z.iso.datetime().transform((text) => new Date(text)),
  publicKey: bytes(32),
  signature: bytes(64),
});

/** Reads checkpoints that somebody kept: JSON, a line each, as the API and the operator's command give them. @throws {Error} */
export function readCheckpoints(text: string): Checkpoint[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, place: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => readLine(line, place));
}

function readLine(line: string, place: number): Checkpoint {
  try {
    return checkpointLine.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`line ${place} is no checkpoint`, { cause: error });
  }
}
