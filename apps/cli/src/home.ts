import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HERE = 'http://127.0.0.1:3000';

/** What has been printed so far, by conversation. */
export type Positions = Map<string, number>;

/** The folder of one device: its store, and the little that this program remembers beside it. None of it is secret. */
export class Home {
  private constructor(readonly directory: string) {}

  static async open(directory: string): Promise<Home> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new Home(directory);
  }

  get store(): string {
    return join(this.directory, 'store');
  }

  /** The relay of the account here. */
  async relay(): Promise<string> {
    return (await this.read('relay')) ?? HERE;
  }

  async keepRelay(url: string): Promise<void> {
    await this.write('relay', url);
  }

  async printed(): Promise<Positions> {
    const positions: Positions = new Map();
    for (const line of (await this.read('printed'))?.split('\n') ?? []) {
      const [id, position] = line.split(' ');
      if (id !== undefined && Number.isSafeInteger(Number(position))) positions.set(id, Number(position));
    }
    return positions;
  }

  async keepPrinted(positions: Positions): Promise<void> {
    await this.write('printed', [...positions].map(([id, position]) => `${id} ${position}`).join('\n'));
  }

  /** After signing out: the next account here is another one. */
  async forget(): Promise<void> {
    for (const name of ['relay', 'printed']) await rm(join(this.directory, name), { force: true });
  }

  private async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.directory, name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Whole or not at all. */
  private async write(name: string, text: string): Promise<void> {
    const path = join(this.directory, name);
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
}
