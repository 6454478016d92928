/**
 * Signs in so many times a second, whether the answers keep up or not, and prints them all at the end, as `[[status, ms], …]`.
 *
 *   node flood.mjs URL SECONDS PER_SECOND everywhere|one-place
 *
 * A process of its own, since what it costs to attack is not to be taken for what it costs to be attacked.
 */
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';

const [url, seconds, perSecond, origin] = process.argv.slice(2);
const total = Number(seconds) * Number(perSecond);
const agent = new Agent({ keepAlive: true });

/** Each from an address and for a name of its own, so that no bucket is what stops it; or all from one address. */
const addressOf = (index) =>
  origin === 'everywhere' ? `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` : '192.0.2.7';

function attempt(index) {
  const body = JSON.stringify({
    username: `n${randomBytes(6).toString('hex')}`,
    authKey: randomBytes(32).toString('base64url'),
    device: { name: 'x' },
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-forwarded-for': addressOf(index),
  };
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      response.on('end', () => resolve([response.statusCode, performance.now() - started])).resume();
    });
    asked.on('error', reject).end(body);
  });
}

const began = performance.now();
const answers = [];
while (answers.length < total) {
  const due = Math.ceil(((performance.now() - began) / 1_000) * Number(perSecond));
  while (answers.length < Math.min(due, total)) answers.push(attempt(answers.length));
  await new Promise((resolve) => setTimeout(resolve, 1_000 / Number(perSecond)));
}
process.stdout.write(JSON.stringify(await Promise.all(answers)));
agent.destroy();
