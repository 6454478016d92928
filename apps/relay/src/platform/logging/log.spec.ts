import { FrameworkLog } from './framework-log.js';
import { Log } from './log.js';

function logAt(level: 'debug' | 'info' | 'error' | 'silent'): {
  log: Log;
  lines: string[];
  last: () => Record<string, unknown>;
} {
  const lines: string[] = [];
  const log = new Log({ LOG_LEVEL: level }, { write: (line: string) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

describe('a line of the log', () => {
  it('says when and how bad, as JSON', () => {
    const { log, last } = logAt('debug');
    log.warn('slow', { durationMs: 12 });
    const { time, ...rest } = last();
    expect(rest).toEqual({ level: LEVELS.warn, msg: 'slow', durationMs: 12 });
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('has no field that is not allowed, whoever passes it', () => {
    const { log, last } = logAt('debug');
    const careless = {
      status: 500,
      username: 'ada',
      accountId: 'x',
      token: 't',
      url: '/v1/users/ada',
      headers: {},
      ip: '::1',
      err: {},
    };
    for (const say of ['info', 'warn', 'error', 'fatal'] as const) {
      log[say]('careless', careless);
      expect(Object.keys(last()).sort()).toEqual(['level', 'msg', 'status', 'time']);
      expect(last().level).toBe(LEVELS[say]);
    }
    log.request({ ...careless, status: 200 });
    expect(Object.keys(last()).sort()).toEqual(['level', 'msg', 'status', 'time']);
  });

  it('is one line, with line breaks and control characters escaped (C-73)', () => {
    const { log, lines, last } = logAt('debug');
    const evil = '\r\n{"level":60}\u001b[31m\u0000\u0085';
    log.error(`a${evil}`, { reason: evil, event: evil, method: evil });
    expect(lines).toHaveLength(1);
    // eslint-disable-next-line no-control-regex -- those are what is looked for
    expect(lines[0]!.slice(0, -1)).not.toMatch(/[\u0000-\u001f]/);
    expect(last().reason).toBe(evil);
  });
});

describe('an error in the log', () => {
  const quoting = 'Key (username)=(ada) already exists.';

  it('has its name and its code, and not its message: databases quote values in it', () => {
    const { log, lines, last } = logAt('debug');
    log.error(
      'failed',
      {},
      Object.assign(new TypeError(quoting), { code: '23505', detail: quoting, parameters: ['ada'] }),
    );
    expect(last()).toMatchObject({ error: 'TypeError', errorCode: '23505' });
    expect(lines.join()).not.toContain('ada');
  });

  it('has not the message of its cause either', () => {
    const { log, lines } = logAt('debug');
    log.error('failed', {}, new Error('outer ada', { cause: new Error(quoting) }));
    expect(lines.join()).not.toContain('ada');
  });

  it('says where it arose: files and lines, without the folders they lie in', () => {
    const { log, last } = logAt('debug');
    log.error('failed', {}, new Error('x'));
    const at = last().at as string[];
    expect(at[0]).toMatch(/log\.spec\.[tj]s:\d+:\d+\)?$/);
    expect(at.length).toBeLessThanOrEqual(8);
    expect(at.filter((frame) => /[( ]\/|file:|node_modules/.test(frame))).toEqual([]);
  });

  it.each([
    ['    at Foo.bar (/srv/secret/place/file.ts:1:2)', 'at Foo.bar (file.ts:1:2)'],
    ['    at async /srv/secret/place/file.ts:1:2', 'at async file.ts:1:2'],
    ['    at file:///srv/my place/file.ts:1:2', 'at file.ts:1:2'],
    ['    at new Foo (file:///srv/x/file.ts:1:2)', 'at new Foo (file.ts:1:2)'],
    [
      '    at process.tick (node:internal/process/task_queues:95:5)',
      'at process.tick (node:internal/process/task_queues:95:5)',
    ],
    ['    at async Promise.all (index 0)', 'at async Promise.all (index 0)'],
  ])('shortens %s', (line, short) => {
    const { log, last } = logAt('debug');
    log.error('failed', {}, Object.assign(new Error('x'), { stack: `Error: x\n${line}` }));
    expect(last().at).toEqual([short]);
  });

  it('is not fooled by a message that looks like a place', () => {
    const { log, lines } = logAt('debug');
    log.error('failed', {}, new Error('invalid input:\n    at ada (secret.ts:1:1)\n    at grace.ts:2:2'));
    const changed = new Error('before\n    at ada (secret.ts:1:1)');
    changed.message = 'changed since';
    log.error('failed', {}, changed);
    expect(lines.join()).not.toMatch(/ada|grace/);
  });

  it.each([[undefined], [null], ['ada'], [{ username: 'ada' }], [7]])(
    'that is none but %j is named by its type at most',
    (thrown) => {
      const { log, lines, last } = logAt('debug');
      log.error('failed', {}, thrown);
      expect(Object.keys(last()).filter((key) => !['level', 'msg', 'time', 'error'].includes(key))).toEqual([]);
      expect(lines.join()).not.toContain('ada');
    },
  );
});

describe('requests in the log', () => {
  it('are told at debug, and at every level when the fault is ours', () => {
    for (const [level, expected] of [
      ['debug', 2],
      ['info', 1],
      ['error', 1],
      ['silent', 0],
    ] as const) {
      const { log, lines } = logAt(level);
      log.request({ status: 200 });
      log.request({ status: 503 });
      expect([level, lines.length]).toEqual([level, expected]);
    }
  });
});

describe('the framework’s own log', () => {
  it('is for debugging, and repeats nothing of an error', () => {
    for (const [level, expected] of [
      ['debug', [20, 20, 20, 20]],
      ['info', []],
    ] as const) {
      const { log, lines } = logAt(level);
      const framework = new FrameworkLog(log);
      framework.log('Mapped a route');
      framework.warn('something odd');
      for (const tell of ['error', 'fatal'] as const)
        Reflect.apply(framework[tell], framework, ['Key (username)=(ada) already exists.', 'Error: ada\n    at ada']);
      expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual(expected);
      expect(lines.join()).not.toContain('ada');
    }
  });
});
