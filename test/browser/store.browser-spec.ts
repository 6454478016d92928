import { scaled, until } from '#testing';
import { storePromises } from '../../libs/sdk/src/store/store-contract.fixture.js';
import { Chromium, describeInChromium, type Tab } from './chromium.js';

const THEFTS = scaled({ ci: 10, gate: 200 });
const KILLS = scaled({ ci: 3, gate: 50 });

describeInChromium('a store in IndexedDB', () => {
  let browser: Chromium;
  let tab: Tab;

  beforeAll(async () => {
    browser = await Chromium.start('test/browser/pages/store.page.ts');
  });
  beforeEach(async () => {
    tab = await browser.openTab();
  });
  afterEach(async () => {
    await tab.close();
    expect(browser.takeComplaints()).toEqual([]);
  });
  afterAll(() => browser.stop());

  it.each(Object.keys(storePromises))('%s', async (name) => {
    await tab.run('keepsPromise', name);
  });

  describe('where every call of WebCrypto ends in a task of its own', () => {
    beforeEach(() => tab.run('addHopsToCrypto'));

    it('has state, cursor and message together, also after a reload', async () => {
      expect(await tab.run('writesTogether')).toEqual([2, 2, 2]);
      await tab.reload();
      expect(await tab.run('stillStandsTogether')).toEqual([2, 2, 2]);
    });

    it('has none of them when one is stale', async () => {
      expect(await tab.run('refusesTogether')).toEqual({
        codes: ['store_conflict', 'store_conflict'],
        standing: [1, 1, 1],
      });
    });

    it.each([1, 2, 3].flatMap((request) => ['throws', 'aborts'].map((how) => ({ request, how }))))(
      'has none of them when the request $request $how, and all of them when it is tried again (R-22)',
      async (fault) => {
        expect(await tab.run('failsTogether', fault)).toEqual({
          code: 'store_failed',
          before: [1, 1, 1],
          after: [2, 2, 2],
        });
      },
    );

    it('would have the state without the message if it sealed inside the transaction', async () => {
      const half = {
        failure: expect.stringMatching(/^(InvalidState|TransactionInactive)Error$/),
        state: true,
        message: false,
      };
      expect(await tab.run('sealsInside')).toEqual(half);
    });
  });

  it('belongs to one tab, until it is closed there or the tab ends', async () => {
    expect(await tab.run('take', { steal: false })).toBe('taken');
    const second = await browser.openTab();
    expect(await second.run('take', { steal: false })).toBe('store_in_use');
    await tab.run('release');
    expect(await second.run('take', { steal: false })).toBe('taken');
    expect(await tab.run('take', { steal: false })).toBe('store_in_use');
    await second.close();
    await until(async () => (await tab.run('take', { steal: false })) === 'taken', 'the tab is forgotten');
  });

  it('can be taken over by a user who says so: the first tab writes no more', async () => {
    await tab.run('take', { steal: true });
    const before = Number(await tab.run('write', { tab: 'first' }));
    const second = await browser.openTab();
    expect(await second.run('take', { steal: true })).toBe('taken');
    expect(await tab.run('write', { tab: 'first' })).toBe('store_closed');
    expect(await second.run('write', { tab: 'second' })).toBe(before + 1);
    await second.close();
  });

  it('has one history, whichever tab takes it from the other in the middle of a write (R-22)', async () => {
    let tabs = [tab, await browser.openTab()] as const;
    await tabs[0].run('take', { steal: true });
    const { rows: expected } = (await tabs[0].run('history')) as { rows: string[] };
    for (let theft = 0; theft < THEFTS; theft++) {
      const [holder, thief] = tabs;
      await holder.run('startWriting', { tab: `${theft}` });
      await thief.run('take', { steal: true });
      const { written, code } = (await holder.run('whatWasWritten')) as { written: number[]; code: string };
      expect(code).toMatch(/^store_(closed|conflict|failed)$/);
      for (const version of written) expect(version).toBe(expected.push(`${theft}`));
      const { rows, version } = (await thief.run('history')) as { rows: string[]; version?: number };
      // The holder may have written once more without hearing of it.
      if (rows.length === expected.length + 1) expected.push(`${theft}`);
      expect(rows).toEqual(expected);
      expect(version ?? 0).toBe(rows.length);
      tabs = [thief, holder];
    }
    await tabs[tabs[0] === tab ? 1 : 0].close();
  });

  it('starts within a second on 10,000 messages in 100 conversations', async () => {
    await tab.run('fillLargeStore');
    await browser.restart();
    tab = await browser.openTab();
    const start = (await tab.run('startOnLargeStore')) as { startMs: number };
    expect(start).toMatchObject({ conversations: 100, newest: 50, messages: 10_000 });
    expect(start.startMs).toBeLessThan(1_000);
  });

  /**
   * Each time another profile: into a log with half a record, as a kill may leave it, Chromium writes on, and when it reads that
   * log again it takes the database for spoilt and begins an empty one (docs/clients.md, “What a browser may forget”).
   */
  it('has every acknowledged batch, and none by half, wherever the browser is killed', async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const mortal = await Chromium.start('test/browser/pages/store.page.ts');
      const writer = await mortal.openTab();
      await writer.run('writeForEver');
      await until(async () => Number(await writer.run('acknowledged')) > 5, 'it writes');
      const acknowledged = Number(await writer.run('acknowledged'));
      await mortal.killAndRestart();
      const landed = await (await mortal.openTab()).run('landed');
      await mortal.stop();
      expect(landed).toEqual(expect.any(Number));
      expect(landed).toBeGreaterThanOrEqual(acknowledged);
    }
  });

  it('refuses what the browser has no room for, whole, and goes on when there is room (R-22)', async () => {
    const limit = await tab.limitStorage(48 * 1024 * 1024);
    expect(await tab.run('fill', { atMost: 100 })).toMatchObject({ code: 'store_full', isWhole: true });
    await limit.lift();
    expect(await tab.run('fill', { atMost: 3 })).toEqual({ written: 3, code: 'none', isWhole: true });
  });

  it('is asked to be kept', async () => {
    expect(await tab.run('keepStorage')).toEqual(expect.any(Boolean));
  });
});
