/** Argon2 alone, one hash after the other, with the parameters of a hash that the relay has stored: no sign-in can be faster. */
import { randomBytes } from 'node:crypto';
import { verify } from 'argon2';
import { rounded } from '../lib/figures.mjs';

export async function load({ storedHash, seconds }) {
  const wrongSecret = randomBytes(32);
  // The first one also loads the library.
  await verify(storedHash, wrongSecret);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const elapsedSeconds = () => (performance.now() - start) / 1000;
  let hashes = 0;
  for (; elapsedSeconds() < seconds; hashes++) await verify(storedHash, wrongSecret);
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: rounded(hashes / elapsedSeconds()), cpuMicros: rounded((user + system) / hashes) };
}
