import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Duplex, type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hasErrorCode } from '../platform/database/embedded/error-code.js';
import { syncFolder } from '../platform/files/sync-folder.js';
import { type BackupPart, type Manifest, MANIFEST_FILE, NotABackup, parseManifest } from './manifest.js';

/** How many bytes there were, and their SHA-256 in hex. */
export type Digest = Pick<BackupPart, 'bytes' | 'sha256'>;

/** A folder that holds a backup. What has no manifest is none, so that comes last. */
export class BackupFolder {
  constructor(readonly path: string) {}

  /** @throws {Error} when there is something in it. */
  async begin(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    if ((await readdir(this.path)).length > 0) throw new Error(`${this.path} is not empty: name a new folder`);
  }

  /** Writes a part, and brings it to the disk. */
  async write(file: string, ...stages: [Readable, ...Duplex[]]): Promise<BackupPart> {
    return { file, ...(await writeFileFrom(join(this.path, file), ...stages)) };
  }

  /** @returns the SHA-256 of the manifest, by which the whole backup is told from any other. */
  async finish(manifest: Manifest): Promise<string> {
    const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
    const draft = join(this.path, `${MANIFEST_FILE}.new`);
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await rename(draft, join(this.path, MANIFEST_FILE));
    await syncFolder(this.path);
    return sha256Of(text);
  }

  /** @throws {NotABackup} */
  async manifest(): Promise<{ readonly manifest: Manifest; readonly sha256: string }> {
    try {
      const text = await readFile(join(this.path, MANIFEST_FILE), 'utf8');
      return { manifest: parseManifest(text), sha256: sha256Of(text) };
    } catch (error) {
      if (!hasErrorCode(error, 'ENOENT')) throw error;
      throw new NotABackup(`there is no ${MANIFEST_FILE} in ${this.path}: this is no backup, or not all of one`, {
        cause: error,
      });
    }
  }

  read(file: string): Readable {
    return createReadStream(join(this.path, file));
  }

  async readText({ file }: BackupPart): Promise<string> {
    return readFile(join(this.path, file), 'utf8');
  }

  /** Why a file is not the one that was written; `undefined` if it is. */
  async faultIn({ file, bytes, sha256 }: BackupPart): Promise<string | undefined> {
    const digester = new Digester();
    try {
      for await (const chunk of this.read(file) as AsyncIterable<Buffer>) digester.add(chunk);
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) return `${file} is missing`;
      throw error;
    }
    const found = digester.digest();
    if (found.bytes !== bytes) return `${file} has ${String(found.bytes)} bytes, not ${String(bytes)}`;
    return found.sha256 === sha256 ? undefined : `${file} was changed or damaged`;
  }
}

/** Writes a new file, for its owner only, and brings it to the disk. */
export async function writeFileFrom(path: string, ...[source, ...stages]: [Readable, ...Duplex[]]): Promise<Digest> {
  const digester = new Digester();
  await pipeline([source, ...stages, digester, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })]);
  return digester.digest();
}

/** Lets bytes through, and knows what they were. */
class Digester extends Transform {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
  }

  digest(): Digest {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.add(chunk);
    done(null, chunk);
  }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
