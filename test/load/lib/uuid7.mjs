/** UUIDv7 (RFC 9562 §5.7), cheaper than a library's: a random prefix for the process and a counter. */
import { randomBytes } from 'node:crypto';

const prefix = randomBytes(6).toString('hex');
let counter = 0;

export function uuid7() {
  const time = Date.now().toString(16).padStart(12, '0');
  const count = (counter++ & 0xffffff).toString(16).padStart(6, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3)}-${prefix}`;
}
