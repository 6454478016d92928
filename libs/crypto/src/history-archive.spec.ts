import { bitsTurned } from '#testing';
import {
  type ArchivePlace,
  newArchiveKey,
  openArchivePart,
  openSuccessorKey,
  sealArchivePart,
  sealSuccessorKey,
} from './history-archive.js';

const [ONE, OTHER] = ['7b3c1a52-0a57-4f6e-9d41-3d7e0c2b9f10', '7b3c1a52-0a57-4f6e-9d41-3d7e0c2b9f11'] as const;
const content = crypto.getRandomValues(new Uint8Array(300));

describe('a part of an archive', () => {
  const place: ArchivePlace = { key: newArchiveKey(), archiveId: ONE, index: 3, isContinued: false };

  it('opens at its place, and nowhere else', async () => {
    const sealed = await sealArchivePart(content, place);
    expect(await openArchivePart(sealed, place)).toEqual(content);
    const elsewhere: Partial<ArchivePlace>[] = [
      { key: newArchiveKey() },
      { archiveId: OTHER },
      { index: 4 },
      { isContinued: true },
    ];
    for (const other of elsewhere)
      await expect(openArchivePart(sealed, { ...place, ...other })).rejects.toMatchObject({ code: 'cannot_open' });
    for (const turned of bitsTurned(sealed.slice(0, 30)))
      await expect(openArchivePart(turned, place)).rejects.toMatchObject({ code: 'cannot_open' });
  });
});

describe('the key of an archive that takes the place of another', () => {
  it('is for whoever has the key of that one', async () => {
    const succession = { key: newArchiveKey(), from: ONE, to: OTHER };
    const next = newArchiveKey();
    const sealed = await sealSuccessorKey(next, succession);
    expect(await openSuccessorKey(sealed, succession)).toEqual(next);
    for (const other of [{ key: newArchiveKey() }, { from: OTHER }, { to: ONE }])
      await expect(openSuccessorKey(sealed, { ...succession, ...other })).rejects.toMatchObject({
        code: 'cannot_open',
      });
    const short = await sealSuccessorKey(next.slice(1), succession);
    await expect(openSuccessorKey(short, succession)).rejects.toMatchObject({ code: 'cannot_open' });
  });
});
