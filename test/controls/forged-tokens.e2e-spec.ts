import { randomBytes } from 'node:crypto';
import { call, recordEvidence, TestRelay, TestUser } from '#testing';
import { RawSocket } from '../e2e/raw-socket.js';
import { TokenForge } from '../e2e/token-forge.js';
import { FORGED_TOKENS } from './forged-tokens.js';
import { mutationsOf } from './token-mutations.js';

const KEY = randomBytes(32);
/** As many as Wycheproof has invalid JSON web signatures. */
const LEAST_MUTATIONS = 355;
const AT_ONCE = 10;

const relay = TestRelay.duringTests({ environment: { JWT_KEYS: `k1:${KEY.toString('base64url')}` } });
let forge: TokenForge;
beforeAll(async () => {
  forge = new TokenForge(relay, await TestUser.register(relay), KEY);
});

/** Whether a header can carry it; a socket's handshake carries everything. */
const fitsHeader = (token: string): boolean => /^[!-~]([ -~]*[!-~])?$/.test(token);

async function overHttp(token: string): Promise<string> {
  const { status, body } = await call(relay, 'GET', '/v1/auth/me', { token });
  return `${status} ${body.code}`;
}

/** What the first packet says that answers the handshake: 40 lets in, 44 refuses. */
async function overSocket(token: string): Promise<string> {
  const socket = await RawSocket.open(relay.url);
  socket.send(`40${JSON.stringify({ token })}`);
  const answer = await socket.heard('4');
  socket.end();
  return `${answer.slice(0, 2)} ${/"code":"(\w+)"/.exec(answer)?.[1]}`;
}

async function answersTo(token: string): Promise<string[]> {
  return Promise.all([...(fitsHeader(token) ? [overHttp(token)] : []), overSocket(token)]);
}

describe('a token that the relay did not make', () => {
  it('is tried in at least sixty forms (C-10)', () => {
    expect(new Set(FORGED_TOKENS.map(([what]) => what)).size).toBeGreaterThanOrEqual(60);
  });

  it('differs from one that both ways take in one thing only', async () => {
    expect(await answersTo(forge.token())).toEqual(['200 undefined', '40 undefined']);
  });

  it.each(FORGED_TOKENS)('is refused over HTTP and by the handshake of sockets: one %s (C-10)', async (_what, make) => {
    for (const answer of await answersTo(make(forge))) expect(answer).toMatch(/^(401|44) invalid_token$/);
  });

  it('is refused with any bit of its signature turned, at any other length, and in any other spelling (C-10)', async () => {
    const tokens = mutationsOf(forge.token());
    const answers: string[] = [];
    for (let next = 0; next < tokens.length; next += AT_ONCE)
      answers.push(...(await Promise.all(tokens.slice(next, next + AT_ONCE).map(answersTo))).flat());
    const accepted = answers.filter((answer) => !answer.endsWith(' invalid_token')).length;
    recordEvidence('C-10', { forged: FORGED_TOKENS.length, mutated: tokens.length, accepted });
    expect(new Set(tokens).size).toBeGreaterThanOrEqual(LEAST_MUTATIONS);
    expect([...new Set(answers)].sort()).toEqual(['401 invalid_token', '44 invalid_token']);
    expect(relay.logLines.filter((line) => line.includes('failed'))).toEqual([]);
  });
});
