import { byConversation, type DueRow, inEach } from './due.js';

describe('what is due', () => {
  it('is sorted by conversation, in the order in which each has it', () => {
    const rows = [
      ['a', '3'],
      ['b', '1'],
      ['a', '1'],
    ].map(([conversation_id, seq]) => ({ conversation_id, seq }) as DueRow);
    expect([...byConversation(rows)]).toEqual([
      ['a', ['3', '1']],
      ['b', ['1']],
    ]);
  });

  /** In which parts something was erased, and how much. */
  async function erasing(found: readonly (number | undefined)[], batch: number): Promise<[number, number]> {
    let asked = 0;
    const erased = await inEach(found, batch, (count) => {
      asked++;
      return Promise.resolve(count);
    });
    return [asked, erased];
  }

  it('is erased part by part, until a batch is full', async () => {
    expect(await erasing([1, 0, 2], 4)).toEqual([3, 3]);
    expect(await erasing([1, 3, 2], 4)).toEqual([2, 4]);
    expect(await erasing([3, 4, 2], 4)).toEqual([2, 7]);
  });

  it('is left to another relay when that has its turn, and what was erased before counts', async () => {
    expect(await erasing([2, undefined, 2], 4)).toEqual([2, 2]);
  });
});
