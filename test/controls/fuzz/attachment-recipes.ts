import type { Seeded } from '#testing';
import { v7 } from 'uuid';
import { Attacher, metadata } from '../../e2e/attaching.js';
import type { Recipe } from './recipes.js';
import type { World } from './world.js';

type Special = (world: World, random: Seeded) => Promise<Partial<Recipe>>;

const TUS = { 'tus-resumable': '1.0.0' };
/** What is taken for an answer that says something. */
const BYTES = Buffer.from('{}');

/** What is asked for is made first. */
export const ATTACHMENT_RECIPES: Readonly<Record<string, Special>> = {
  createAttachment: (world, random) => {
    const by = world.asker(random);
    const conversationId = world.placeOf(by, random)?.id ?? v7();
    const headers = { ...TUS, 'upload-length': '1', 'upload-metadata': metadata({ conversationId, expiresIn: 60 }) };
    return Promise.resolve({ by, headers });
  },
  getUpload: async (world, random) => ({ ...(await begun(world, random)), headers: TUS }),
  continueUpload: async (world, random) => {
    const headers = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    return { ...(await begun(world, random)), headers };
  },
  deleteAttachment: async (world, random) => ({ ...(await begun(world, random)), headers: TUS }),
  downloadAttachment: async (world, random) => {
    const { by, values } = await begun(world, random);
    await new Attacher(world, by).send(values.attachmentId, 0, BYTES);
    return { by, values };
  },
};

async function begun(world: World, random: Seeded) {
  const by = world.asker(random);
  const conversationId = world.placeOf(by, random)?.id ?? v7();
  const attachmentId = await new Attacher(world, by).begin({ conversationId, length: BYTES.length, expiresIn: 60 });
  return { by, values: { attachmentId } };
}
