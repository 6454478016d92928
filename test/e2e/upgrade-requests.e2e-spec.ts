import { once } from 'node:events';
import { connect } from 'node:net';
import { TestRelay, TestUser, until } from '#testing';
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

describe('a request with a wish that is not granted', () => {
  it('is answered as if it had not asked to go on in another protocol, again and again over one connection', async () => {
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
});
