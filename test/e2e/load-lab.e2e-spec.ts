import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildRelay } from '../../scripts/relay-build.mjs';

/** `npm run bench` at the smallest sizes: that every scenario runs, and nothing is refused, lost or delivered twice. */

jest.setTimeout(600_000);

const ROOT = resolve(__dirname, '../..');
const SMALL = ['--rounds', '1', '--seconds', '1', '--warm-up', '0'];
const FAULTS = ['errors', 'lost', 'twice'];

interface Run {
  readonly scenario: string;
  readonly loads: Readonly<Record<string, { readonly figures: Readonly<Record<string, number>> }>>;
}

beforeAll(() => buildRelay(), 300_000);

async function bench(argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'test/load/bench.mjs'), ...argv], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number, out, err };
}

describe('the load lab', () => {
  it.each([
    [
      'gateway',
      ['200/s', '1000/s', 'saturation', 'connects'],
      ['--only', 'rates,max,connects', '--connections', '128'],
    ],
    ['http', ['http'], []],
    ['mixed', ['mixed, fixed rate', 'mixed, saturation'], ['--members', '100', '--rate', '20']],
    ['storm', ['storm'], ['--devices', '40', '--missed', '60']],
    ['login', ['sign-in'], []],
    ['idle', ['idle'], ['--connections', '130']],
    ['fanout', ['group', 'all sockets'], ['--members', '20', '--connections', '60']],
    [
      'growth',
      ['send, 6,400 stored', 'send, 12,800 stored', 'sync, 6,400 stored', 'sync, 12,800 stored'],
      ['--sizes', '6400,12800', '--rate', '50', '--devices', '20', '--missed', '60'],
    ],
  ])('measures %s', async (scenario, loads, sizes) => {
    const { code, out, err } = await bench([scenario, ...SMALL, ...sizes]);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    const run = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Run;
    expect({ scenario: run.scenario, loads: Object.keys(run.loads) }).toEqual({ scenario, loads });
    for (const { figures } of Object.values(run.loads)) {
      expect(FAULTS.filter((fault) => (figures[fault] ?? 0) > 0)).toEqual([]);
      expect(Math.min(figures.cpuMicros ?? 1, figures.perSecond ?? 1)).toBeGreaterThan(0);
    }
  });

  it('says what it does not know, and measures nothing', async () => {
    expect(await bench(['gatewax'])).toMatchObject({
      code: 2,
      out: '',
      err: 'There is no scenario gatewax: gateway http mixed storm login idle fanout growth.\n',
    });
    expect(await bench(['gateway', '--keep', '--push'])).toMatchObject({
      code: 2,
      err: '--keep is for runs beside the reference, as they are repeated: not with --push.\n',
    });
  });
});
