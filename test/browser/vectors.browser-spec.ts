import { inReleaseGate, mlsVectors, recordEvidence, wycheproof } from '#testing';
import { CHECKS, everyDay, shareOf, type VectorFile } from '../../libs/crypto/src/mls/vectors/checks.fixture.js';
import {
  type judgeWycheproof,
  WYCHEPROOF,
  type WycheproofFile,
} from '../../libs/crypto/src/mls/vectors/wycheproof.fixture.js';
import { Chromium, describeInChromium, type Tab } from './chromium.js';

const files = Object.keys(CHECKS) as VectorFile[];
const wycheproofFiles = Object.keys(WYCHEPROOF) as WycheproofFile[];

/** By the same checks as in Node, which are bundled into a Worker of a page. */
describeInChromium('what is published of MLS and of attacks on its parts, in a Worker of Chromium (C-51)', () => {
  let browser: Chromium;
  let tab: Tab;

  beforeAll(async () => {
    browser = await Chromium.start('test/browser/pages/vectors.page.ts', {
      'vectors-worker': 'test/browser/pages/vectors.worker.ts',
    });
    tab = await browser.openTab();
  });

  afterAll(() => browser.stop());

  it.each(files.map((file) => [file, inReleaseGate ? 'all cases' : shareOf(file)] as const))(
    '%s: vectors of the MLS working group hold, %s',
    async (file) => {
      const vectors = mlsVectors(file);
      if (vectors.length === 0) return;
      expect(vectors).toHaveLength(CHECKS[file].cases);
      const checked = inReleaseGate ? vectors : everyDay(file, vectors);
      expect(await tab.run('failures', { file, vectors: checked })).toEqual([]);
      recordEvidence('C-51', { [`${file}, cases in Chromium`]: checked.length });
    },
    300_000,
  );

  it.each(wycheproofFiles)('%s: the cases of Project Wycheproof hold', async (file) => {
    const groups = wycheproof(file);
    if (groups.length === 0) return;
    const judged = (await tab.run('judgeWycheproof', { file, groups })) as Awaited<ReturnType<typeof judgeWycheproof>>;
    expect(judged.failures).toEqual([]);
    const passedOver = Object.values(judged.gaps).reduce((sum, cases) => sum + cases, 0);
    expect(judged.held + passedOver).toBe(WYCHEPROOF[file].cases);
    recordEvidence('C-51', { [`${file}, cases in Chromium`]: judged.held });
  });

  it('hold for a reason: one that was changed is found out', async () => {
    const [first] = mlsVectors('tree-math') as { n_nodes: number }[];
    if (first === undefined) return;
    const turned = { ...first, n_nodes: first.n_nodes + 1 };
    expect(await tab.run('failures', { file: 'tree-math', vectors: [turned] })).toHaveLength(1);
    expect(browser.takeComplaints()).toEqual([]);
  });
});
