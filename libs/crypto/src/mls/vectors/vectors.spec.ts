import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inReleaseGate, mlsVectors, recordEvidence, wycheproof } from '#testing';
import { CHECKS, everyDay, failures, shareOf, type VectorFile } from './checks.fixture.js';
import { judgeWycheproof, WYCHEPROOF, type WycheproofFile } from './wycheproof.fixture.js';

interface Gap {
  readonly set: string;
  readonly cases: number;
  readonly reason: string;
}

const files = Object.keys(CHECKS) as VectorFile[];
const wycheproofFiles = Object.keys(WYCHEPROOF) as WycheproofFile[];
const knownGaps = JSON.parse(readFileSync(join(import.meta.dirname, 'known-gaps.json'), 'utf8')) as Gap[];

describe('the vectors of the MLS working group (C-51)', () => {
  const present = files.filter((file) => mlsVectors(file).length > 0);

  it('are 785 in 16 files', () => {
    expect(files.reduce((sum, file) => sum + CHECKS[file].cases, 0)).toBe(785);
    expect([0, 16]).toContain(present.length);
  });

  it.each(files.map((file) => [file, inReleaseGate ? 'all cases' : shareOf(file)] as const))(
    'of %s hold, in Node: %s',
    async (file) => {
      const vectors = mlsVectors(file);
      if (vectors.length === 0) return;
      expect(vectors).toHaveLength(CHECKS[file].cases);
      expect(await failures(file, inReleaseGate ? vectors : everyDay(file, vectors))).toEqual([]);
      recordEvidence('C-51', { [`${file}, cases in Node`]: vectors.length });
    },
    300_000,
  );

  it('are missed when they do not hold', async () => {
    const [first] = mlsVectors('crypto-basics');
    if (first === undefined) return;
    const turned = structuredClone(first) as { ref_hash: { value: string } };
    turned.ref_hash.value = turned.ref_hash.value.replace(/^../, (byte) => (byte === '00' ? '01' : '00'));
    expect(await failures('crypto-basics', [turned])).toHaveLength(1);
  });
});

describe('what Project Wycheproof attacks (C-51)', () => {
  it.each(wycheproofFiles)('%s holds, in Node: all cases but the known gaps', async (file) => {
    const groups = wycheproof(file);
    if (groups.length === 0) return;
    const { failures: wrong, held, gaps } = await judgeWycheproof(file, groups);
    expect(wrong).toEqual([]);
    const passedOver = Object.entries(gaps);
    expect(held + passedOver.reduce((sum, [, cases]) => sum + cases, 0)).toBe(WYCHEPROOF[file].cases);
    for (const [set, cases] of passedOver) expect(knownGaps).toContainEqual(expect.objectContaining({ set, cases }));
    recordEvidence('C-51', { [`${file}, cases in Node`]: held });
  });

  it('is missed when it does not hold', async () => {
    const [group] = wycheproof('hmac_sha256');
    if (group === undefined) return;
    const turned = { ...group, tests: group.tests.map((given) => ({ ...given, tag: given.tag.replace(/^./, 'x') })) };
    expect((await judgeWycheproof('hmac_sha256', [turned])).failures.length).toBeGreaterThan(0);
  });
});

describe('what is not run', () => {
  it('is listed, each with its reason', () => {
    expect(knownGaps.map(({ set }) => set)).toEqual([...new Set(knownGaps.map(({ set }) => set))]);
    for (const { cases, reason } of knownGaps) {
      expect(Number.isSafeInteger(cases)).toBe(true);
      expect(reason).toMatch(/\.$/);
    }
  });
});
