import type { FastifyReply } from 'fastify';
import type { Download } from './attachment.js';
import { RangeNotSatisfiable } from './attachments.errors.js';

/** A page of its own without rights, should a browser show it in spite of everything. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Whoever asked for bytes that there are none of is told how many there are (RFC 9110 §15.5.17). */
export async function sayingLength(reply: FastifyReply, download: Promise<Download>): Promise<Download> {
  try {
    return await download;
  } catch (error) {
    if (error instanceof RangeNotSatisfiable) void reply.header('content-range', `bytes */${String(error.length)}`);
    throw error;
  }
}

/** What a reply with ciphertext has in its head: nothing of it is for a browser to show, or to run. */
export function addDownloadHeaders(reply: FastifyReply, { length, range }: Download): void {
  const { from, to } = range ?? { from: 0, to: length - 1 };
  void reply.headers({
    'accept-ranges': 'bytes',
    'content-disposition': 'attachment',
    'content-length': String(to - from + 1),
    'content-security-policy': POLICY,
    'content-type': 'application/octet-stream',
  });
  if (range !== undefined)
    void reply.status(206).header('content-range', `bytes ${String(from)}-${String(to)}/${String(length)}`);
}
