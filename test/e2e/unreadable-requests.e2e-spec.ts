import { once } from 'node:events';
import { connect } from 'node:net';
import { call, TestRelay, TestUser, until } from '#testing';
import { utter } from '../controls/fuzz/raw-http.js';

const relay = TestRelay.duringTests();

const say = (text: string): Promise<string> => utter(relay.url, Buffer.from(text, 'latin1'));
const UPGRADE = 'GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n';

/** The first that is heard, by who does not hang up: Node aborts what it has not answered by then. */
async function answerTo(text: string): Promise<string> {
  const socket = connect(Number(new URL(relay.url).port), '127.0.0.1');
  socket.write(text);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return chunk.toString();
}

describe('what reaches no route', () => {
  it.each([
    ['noise', 400, '\u0000\u0001\u0002\r\n\r\n'],
    ['another protocol', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a header that is too long', 431, `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
    ['two lengths', 400, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}'],
  ])(
    'is refused in the form of all other refusals, with all headers, and hung up on: %s (C-25)',
    async (_what, status, text) => {
      const [head = '', body = ''] = (await say(text)).split('\r\n\r\n');
      const { headers } = await call(relay, 'GET', '/v1/nowhere');
      expect(head).toContain(`HTTP/1.1 ${status} `);
      expect(head).toContain('content-type: application/problem+json');
      for (const name of ['sealpost-protocol', 'content-security-policy', 'cache-control', 'x-content-type-options'])
        expect(head).toContain(`${name}: ${headers.get(name)!}`);
      const problem = JSON.parse(body) as Record<string, unknown>;
      expect(problem).toEqual({
        type: 'urn:sealpost:problem:invalid_request',
        title: 'Request is not valid',
        status,
        code: 'invalid_request',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    },
  );

  it('is answered as if it did not ask to go on in another protocol, again and again over one connection', async () => {
    const socket = connect(Number(new URL(relay.url).port), '127.0.0.1');
    const answers: string[] = [];
    socket.on('data', (chunk) => answers.push(chunk.toString()));
    for (let count = 1; count <= 3; count++) {
      socket.write(UPGRADE);
      await until(() => answers.join('').split('{"status":"ok"}').length > count, 'an answer comes');
    }
    expect(answers.join('').match(/HTTP\/1\.1 200 /g)).toHaveLength(3);
    socket.destroy();
  });

  it('is hung up on when it asks so before it has the answer to what it asked before', async () => {
    // And does not keep the relay from stopping, at the end of these tests.
    const startedAt = performance.now();
    await say(UPGRADE.repeat(5));
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('has its body read when it is answered like that', async () => {
    const body = '{"revision":0}';
    const post = `POST /v1/sync HTTP/1.1\r\nhost: a\r\nconnection: upgrade, http2-settings\r\nhttp2-settings: AAMAAABk\r\nupgrade: h2c\r\n`;
    const { token } = await TestUser.register(relay);
    const head = `${post}authorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const answer = await answerTo(`${head}${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("must have required property 'cursors'");
  });

  it('is refused when it names the path of sockets, and is none', async () => {
    expect(await say('GET /socket.io/ HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 4/,
    );
  });

  it('expects what it likes: no expectation changes the answer', async () => {
    expect(await say('GET /health/live HTTP/1.1\r\nhost: a\r\nexpect: miracles\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('asks for options without being a browser, and asks for nothing there is', async () => {
    for (const target of ['*', '/v1/auth/me'])
      expect(await say(`OPTIONS ${target} HTTP/1.1\r\nhost: a\r\n\r\n`)).toMatch(/^HTTP\/1\.1 404 /);
  });
});
