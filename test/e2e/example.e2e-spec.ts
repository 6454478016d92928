import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { TestRelay } from '#testing';

const EXAMPLE = resolve(__dirname, '../../examples/send-and-receive.mjs');

/** What the example prints, line by line. @throws when it exits with anything but 0. */
async function runExample(url: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [EXAMPLE, url]);
  return stdout.trimEnd().split('\n');
}

describe('the example in the README', () => {
  const relay = TestRelay.duringTests();
  let lines: string[];
  beforeAll(async () => {
    lines = await runExample(relay.url);
  });

  it('sends, receives and shows receipts, connected and not', () => {
    expect(lines).toEqual([
      "live      Ada's message is stored at position 1",
      'live      Grace reads: Hello, are you there?',
      'live      Ada hears that Grace has read up to position 1',
      'offline   Ada sends twice, the relay stores once: positions 2 and 2',
      'offline   Grace is back and reads: Then call me when you are back.',
      expect.stringMatching(/^receipts {2}position 2: delivered \d{4}-\S+Z, read not yet$/),
      expect.stringMatching(/^receipts {2}position 1: delivered \d{4}-\S+Z, read \d{4}-\S+Z$/),
    ]);
  });

  it('leaves two messages at the relay, and nothing of what they say', async () => {
    const entries = await relay.query<{ body: Buffer }>('SELECT body FROM entries ORDER BY seq');
    expect(entries).toHaveLength(2);
    for (const { body } of entries) expect(body.toString('latin1')).not.toMatch(/hello|call me/i);
    expect(relay.logLines.join('\n')).not.toMatch(/hello|call me|battery/i);
  });

  it('fails with an exit code when there is no relay', async () => {
    // Port 9 (discard) is open nowhere.
    await expect(runExample('http://127.0.0.1:9')).rejects.toMatchObject({ code: 1 });
  });
});
