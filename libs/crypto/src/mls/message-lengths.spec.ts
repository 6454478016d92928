import { LIMITS, MLS_SUITES } from '#protocol';
import { scaled, Seeded } from '#testing';
import { MAX_CONTENT_BYTES, pad } from '../padding.js';
import { NOTE, trio } from './people.fixture.js';

const MESSAGES = scaled({ ci: 100, gate: 10_000 });

describe.each(Object.entries(MLS_SUITES))('ciphertexts of suite %s', (_name, suite) => {
  it('have at most twelve lengths, whoever sends what, and the relay takes the longest (C-35)', async () => {
    const random = Seeded.announced('lengths of ciphertexts');
    const { ann, ben, groups } = await trio(suite);
    let [ofAnn, ofBen] = [groups.ann, groups.ben];
    const lengths = new Set<number>();
    for (let n = 0; n < MESSAGES; n++) {
      const bytes =
        n === 0 ? MAX_CONTENT_BYTES : random.between(0, random.pick([64, 1_000, 10_000, MAX_CONTENT_BYTES]));
      const content = pad(new Uint8Array(bytes).fill(n % 256));
      const byAnn = await ann.engine.encrypt(ofAnn, content, NOTE);
      const byBen = await ben.engine.encrypt(ofBen, content, NOTE);
      [ofAnn, ofBen] = [byAnn.group, byBen.group];
      for (const { message } of [byAnn, byBen]) lengths.add(message.length);
    }
    expect(lengths.size).toBeLessThanOrEqual(12);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(LIMITS.ciphertextBytes);
  });
});
