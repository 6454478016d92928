import { inReleaseGate, mlsVectors } from '#testing';
import { CHECKS, failures, type VectorFile } from './checks.fixture.js';

/** Making a path for every leaf of every tree takes most of the time: in CI those of every eighth tree are made. */
const SAMPLED: readonly VectorFile[] = inReleaseGate ? [] : ['treekem'];
const SAMPLE = 8;

const files = Object.keys(CHECKS) as VectorFile[];

describe('the vectors of the MLS working group', () => {
  const present = files.filter((file) => mlsVectors(file).length > 0);

  it('are 785 in 16 files', () => {
    expect(files.reduce((sum, file) => sum + CHECKS[file].cases, 0)).toBe(785);
    expect([0, 16]).toContain(present.length);
  });

  it.each(files)(
    'of %s all hold, in Node',
    async (file) => {
      const vectors = mlsVectors(file);
      if (vectors.length === 0) return;
      expect(vectors).toHaveLength(CHECKS[file].cases);
      const checked = SAMPLED.includes(file) ? vectors.filter((_vector, n) => n % SAMPLE === 0) : vectors;
      expect(await failures(file, checked)).toEqual([]);
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
