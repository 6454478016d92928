import { pack, unpack } from './packed-frames.js';

const topicsOf = (count: number): string[] =>
  Array.from({ length: count }, (_none, index) => `account:0198c5a0-3f4e-7d3a-8b58-${String(index).padStart(12, '0')}`);

describe('frames in notifications', () => {
  it('come out as they went in, and in their order', () => {
    const frames = [1, 2, 3].map((number) => ({ topics: topicsOf(number), body: JSON.stringify({ number }) }));
    expect(pack(frames).flatMap(unpack)).toEqual(frames);
    expect(pack(frames)).toHaveLength(1);
  });

  it('fill no notification beyond what PostgreSQL takes, for a thousand members and a thousand frames', () => {
    const frames = Array.from({ length: 1_000 }, (_none, index) => ({
      topics: topicsOf(1 + (index % 7)),
      body: `"ü${index}"`,
    }));
    const texts = pack([{ topics: topicsOf(1_000), body: '{}' }, ...frames]);
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThan(8_000);
    const heard = texts.flatMap(unpack);
    expect(heard.filter(({ body }) => body === '{}').flatMap(({ topics }) => topics)).toEqual(topicsOf(1_000));
    expect(heard.filter(({ body }) => body !== '{}')).toEqual(frames);
  });

  it('are none where there is nothing to say', () => {
    expect(pack([])).toEqual([]);
  });

  it('that somebody else made are refused', () => {
    expect(() => unpack('{"topics":[]}')).toThrow();
  });
});
