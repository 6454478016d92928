import { Metrics } from './metrics.js';

const counting = (): Metrics => new Metrics({ METRICS_TOKEN: undefined });

/** The lines of one metric, as they are exposed. */
async function linesOf(metrics: Metrics, name: string): Promise<string[]> {
  return (await metrics.expose()).split('\n').filter((line) => line.includes(name));
}

describe('metrics', () => {
  it('tell what was counted since the start, by label', async () => {
    const metrics = counting();
    const plain = metrics.counter({ name: 'sealpost_a_total', help: 'A.' });
    const byLabel = metrics.counters({ name: 'sealpost_b_total', help: 'B.', labels: ['event', 'outcome'] });
    plain.add();
    plain.add(2);
    byLabel.of('sync', 'ok').add();
    byLabel.of('sync', 'ok').add();
    byLabel.of('sync', 'refused').add();
    expect(await linesOf(metrics, 'sealpost_a_total')).toEqual([
      '# HELP sealpost_a_total A.',
      '# TYPE sealpost_a_total counter',
      'sealpost_a_total 3',
    ]);
    expect((await linesOf(metrics, 'sealpost_b_total')).slice(2)).toEqual([
      'sealpost_b_total{event="sync",outcome="ok"} 2',
      'sealpost_b_total{event="sync",outcome="refused"} 1',
    ]);
  });

  it('sort what was measured into ranges, the bound included, each with all that is below', async () => {
    const metrics = counting();
    const histogram = metrics.histogram({ name: 'sealpost_c_seconds', help: 'C.', bounds: [0.5, 1] });
    for (const value of [0.25, 0.5, 0.75, 7]) histogram.observe(value);
    expect((await linesOf(metrics, 'sealpost_c_seconds')).slice(1)).toEqual([
      '# TYPE sealpost_c_seconds histogram',
      'sealpost_c_seconds_bucket{le="0.5"} 2',
      'sealpost_c_seconds_bucket{le="1"} 3',
      'sealpost_c_seconds_bucket{le="+Inf"} 4',
      'sealpost_c_seconds_sum 8.5',
      'sealpost_c_seconds_count 4',
    ]);
  });

  it('read what goes up and down when somebody asks, and leave out what there is not', async () => {
    const metrics = counting();
    let value: number | undefined = 1;
    metrics.gauge({ name: 'sealpost_d', help: 'D.', read: () => Promise.resolve(value) });
    metrics.gauge({ name: 'sealpost_e', help: 'E.', label: 'state', read: () => new Map([['idle', 4]]) });
    value = 2;
    expect((await linesOf(metrics, 'sealpost_d')).at(-1)).toBe('sealpost_d 2');
    expect((await linesOf(metrics, 'sealpost_e')).at(-1)).toBe('sealpost_e{state="idle"} 4');
    value = undefined;
    expect((await linesOf(metrics, 'sealpost_d')).at(-1)).toBe('# TYPE sealpost_d gauge');
  });

  it('cannot be broken by the value of a label', async () => {
    const metrics = counting();
    metrics
      .counters({ name: 'sealpost_f_total', help: 'F.', labels: ['route'] })
      .of('a"b\\c\nd')
      .add();
    expect((await linesOf(metrics, 'sealpost_f_total')).at(-1)).toBe('sealpost_f_total{route="a\\"b\\\\c\\nd"} 1');
  });

  it('have one meaning for each name', () => {
    const metrics = counting();
    metrics.counter({ name: 'sealpost_g_total', help: 'G.' });
    expect(() => metrics.counter({ name: 'sealpost_g_total', help: 'Other.' })).toThrow('sealpost_g_total');
  });

  it('tell of the process where somebody may ask, and watch it for nobody otherwise', async () => {
    expect(await counting().expose()).not.toContain('process_');
    const asked = await new Metrics({ METRICS_TOKEN: 'x' }).expose();
    for (const name of ['process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds', 'nodejs_gc_duration_seconds'])
      expect(asked).toContain(`# TYPE ${name} `);
  });
});
