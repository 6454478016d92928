import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pair, TestRelay } from '#testing';
import { runBackup } from '../../apps/relay/src/backup-command.js';
import { Attacher, ciphertext } from './attaching.js';
import { checked, ran, restored, Vaults } from './backing-up.js';

/** The files of attachments go with the database that knows them. */

const relay = TestRelay.duringTests();
const vaults = Vaults.duringTests();

const pathOf = (folder: string, id: string): string => join(folder, id.slice(0, 2), id);

describe('the attachments of a backup', () => {
  it('are those that the database knows, whole and begun, byte for byte; and a damaged one is found', async () => {
    const { ada, conversationId } = await pair(relay);
    const attacher = new Attacher(relay, ada);
    const [bytes, half] = [ciphertext(100_000), ciphertext(500)];
    const id = await attacher.upload(conversationId, bytes);
    const begun = await attacher.begin({ conversationId, length: 1_000 });
    await attacher.send(begun, 0, half);
    const stray = join(relay.attachmentsDirectory, id.slice(0, 2), 'not-known');
    await writeFile(stray, 'to nobody');
    const folder = await vaults.backUp(relay);
    await rm(stray);

    const { settings } = await vaults.emptyPlace(relay);
    expect((await restored(folder, settings)).out).toContain('2 attachments');
    const { ATTACHMENTS_DIR = '' } = settings;
    expect(bytes.equals(await readFile(pathOf(ATTACHMENTS_DIR, id)))).toBe(true);
    expect(half.equals(await readFile(pathOf(ATTACHMENTS_DIR, begun)))).toBe(true);
    const files = (await readdir(ATTACHMENTS_DIR, { recursive: true })).filter((name) => name.includes('/'));
    expect(files.sort()).toEqual([id, begun].map((name) => `${name.slice(0, 2)}/${name}`).sort());

    await writeFile(pathOf(join(folder, 'attachments'), id), ciphertext(100_000));
    expect(await checked(folder)).toMatchObject({
      code: 1,
      out: expect.stringContaining('was changed or damaged') as string,
    });
  });

  it('that have no file are named, and the rest is saved', async () => {
    const { ada, conversationId } = await pair(relay);
    const id = await new Attacher(relay, ada).upload(conversationId, ciphertext(10));
    await rm(pathOf(relay.attachmentsDirectory, id));
    const folder = await vaults.folder();
    const { code, out } = await ran(runBackup, [folder], relay.settings);
    expect([code, out]).toEqual([1, expect.stringContaining(`there is no file: ${id}`)]);
    expect((await checked(folder)).code).toBe(0);
  });
});
