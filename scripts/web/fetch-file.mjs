import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const LONGEST_MS = 15_000;
/** Of a compressed file that is as long as the file itself. */
const MOST_OVERHEAD_BYTES = 64 * 1024;

/** What a host can tell a browser by. One that tells this script from browsers can serve it something else: docs/web.md. */
const AS_BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
  'accept-language': 'en-US,en;q=0.9',
};
const AS_PAGE = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const AS_PART = { accept: '*/*' };

const DECODED = {
  identity: (bytes) => bytes,
  gzip: (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength }),
  br: (bytes, maxOutputLength) => brotliDecompressSync(bytes, { maxOutputLength }),
};

/**
 * Gets a file in an encoding, and no more of it than it should have.
 *
 * @returns `{ status, headers, body }`, the body decoded, or a `problem` in words
 * @throws {Error} when the host cannot be reached
 */
export async function fetchFile(url, { encoding, isPage, mostBytes }) {
  const headers = { ...AS_BROWSER, ...(isPage ? AS_PAGE : AS_PART), 'accept-encoding': encoding };
  const reply = await received(url, headers, mostBytes + MOST_OVERHEAD_BYTES);
  if (reply.body === undefined) return { problem: 'is longer' };
  const { 'content-encoding': sent = 'identity' } = reply.headers;
  if (sent !== 'identity' && sent !== encoding)
    return { problem: `comes in the encoding ${sent}, asked for ${encoding}` };
  try {
    return { ...reply, body: DECODED[sent](reply.body, mostBytes + 1) };
  } catch {
    return { problem: `cannot be decoded from ${sent}, or is longer` };
  }
}

function received(url, headers, mostBytes) {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const fail = (cause) => reject(new Error(`${url.origin} cannot be reached: ${cause.message}`, { cause }));
    const asked = request(url, { headers, signal: AbortSignal.timeout(LONGEST_MS) }, (reply) => {
      const { statusCode: status, headers: found } = reply;
      const chunks = [];
      let bytes = 0;
      reply.on('data', (chunk) => {
        bytes += chunk.length;
        if (bytes <= mostBytes) return chunks.push(chunk);
        resolve({ status, headers: found });
        return reply.destroy();
      });
      reply.once('end', () => resolve({ status, headers: found, body: Buffer.concat(chunks) }));
      reply.once('error', fail);
    });
    asked.once('error', fail);
    asked.end();
  });
}
