import './cheap-argon2.js';
import { v7 } from 'uuid';
import { TestRelay } from '#testing';
import { Person } from './hostile-relay.js';
import { file, ReportScene, reportsBy, reportsCommand, sweepReports } from './reporting.js';

const relay = TestRelay.duringTests();
const scene = ReportScene.duringTests(relay);
let [grace, mallory]: [Person, Person] = [undefined as never, undefined as never];
beforeAll(() => ({ grace, mallory } = scene));

describe('what becomes of a report', () => {
  it('is told to whoever filed it, newest first, and to nobody else', async () => {
    const [person] = (await Person.several(relay, 1)) as [Person];
    const reports = reportsBy(person);
    const filed = [];
    for (let n = 0; n < 3; n++) {
      filed.unshift(await file(person, { username: mallory.username }));
      relay.clock.advance(1_000);
    }
    expect((await reports.list()).items).toEqual(filed);
    const page = await person.account.relay.call((api) => api.GET('/v1/reports', { params: { query: { limit: 2 } } }));
    expect((await reports.list({ cursor: page.nextCursor! })).items).toEqual(filed.slice(2));
    expect((await reportsBy(mallory).list()).items).toEqual([]);
    const { id } = filed[0]!;
    expect(await reportsCommand(relay, 'resolve', id)).toEqual({ code: 0, out: 'It is resolved.\n' });
    expect((await reports.list()).items.map(({ state }) => state)).toEqual(['resolved', 'open', 'open']);
    await person.stop();
  });

  it('is that it is deleted in time, with what was shown in it', async () => {
    const id = await scene.group();
    const brief = await TestRelay.start({ beside: relay, environment: { REPORT_RETENTION_DAYS: '1' } });
    const {
      id: reportId,
      keptUntil,
      filedAt,
    } = await file(grace, { ...scene.against(id), messageIds: [await scene.said(id)] });
    expect(Date.parse(keptUntil) - Date.parse(filedAt)).toBe(90 * 86_400_000);
    const stored = () => relay.query('SELECT 1 FROM report_messages WHERE report_id = $1', [reportId]);
    relay.clock.advance(86_400_000 - 1_000);
    await sweepReports(brief);
    expect(await stored()).toHaveLength(1);
    relay.clock.advance(1_000);
    await sweepReports(brief);
    expect(await stored()).toEqual([]);
    expect(await relay.query('SELECT 1 FROM reports WHERE id = $1', [reportId])).toEqual([]);
    await brief.stop();
  });

  it('is that it goes with the account of whoever filed it, and not with the account of who is reported', async () => {
    const [reporter, reported] = (await Person.several(relay, 2)) as [Person, Person];
    const kept = await file(grace, { username: reported.username });
    const gone = await file(reporter, { username: reported.username });
    for (const { account } of [reported, reporter])
      await relay.query(`UPDATE accounts SET status = 'deleted' WHERE id = $1`, [account.accountId]);
    const left = await relay.query<{ id: string }>('SELECT id FROM reports WHERE id = ANY ($1)', [[kept.id, gone.id]]);
    expect(left).toEqual([{ id: kept.id }]);
    const { out } = await reportsCommand(relay, 'show', kept.id);
    expect(JSON.parse(out)).toMatchObject({ reported: reported.username });
    for (const person of [reporter, reported]) await person.stop();
  });
});

describe('npm run reports', () => {
  it('lists what is open, or all, oldest first, and says what there is not', async () => {
    const own = await TestRelay.start();
    const [one, two] = (await Person.several(own, 2)) as [Person, Person];
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push((await file(one, { username: two.username })).id);
    await reportsCommand(own, 'resolve', ids[1]!);
    const listed = async (...args: string[]): Promise<object[]> =>
      (await reportsCommand(own, 'list', ...args)).out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
    expect(await listed()).toMatchObject([{ id: ids[0], state: 'open', reporter: one.username }, { id: ids[2] }]);
    expect((await listed('--all')).map((report) => 'state' in report && report.state)).toEqual([
      ...['open', 'resolved', 'open'],
    ]);
    for (const command of ['show', 'resolve'])
      expect(await reportsCommand(own, command, v7())).toEqual({ code: 1, out: 'There is no such report.\n' });
    for (const args of [[], ['lst'], ['show'], ['show', 'x'], ['list', 'x'], ['show', v7(), 'x'], ['list', '--al']])
      await expect(reportsCommand(own, ...args)).rejects.toThrow();
    for (const person of [one, two]) await person.stop();
    await own.stop();
  });

  it('moves no cursor and turns no line around, whatever was said', async () => {
    const id = await scene.group();
    const messageId = await scene.said(id, '\u001b[2J\u009b2J\u202efdp.exe');
    const report = await file(grace, { ...scene.against(id), messageIds: [messageId], text: 'see \u202e' });
    const { out } = await reportsCommand(relay, 'show', report.id);
    // eslint-disable-next-line no-control-regex -- that there are none
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(JSON.parse(out)).toMatchObject({ words: 'see \u202e' });
  });
});
