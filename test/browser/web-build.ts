import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const BUILD = join(root, 'dist/web');
/** Without compressed copies, which take long. */
const KEPT_ANEW =
  "import { writeServiceWorker } from './scripts/web/service-worker.mjs'; await writeServiceWorker(process.argv[1]);";
const TEXT = /\.(js|css|html)$/;

/** A copy of the built web app, of which there may be later versions. */
export class WebBuild {
  private constructor(readonly directory: string) {}

  static copy(): WebBuild {
    const directory = mkdtempSync(join(tmpdir(), 'sealpost-web-'));
    cpSync(BUILD, directory, { recursive: true });
    return new WebBuild(directory);
  }

  /** As a change of every file would: each has another name. */
  async becomeVersion(name: string): Promise<void> {
    for (const path of this.all((file) => /\.(br|gz)$/.test(file))) rmSync(path);
    const renamed = this.all((file) => /\/(assets|workers)\//.test(file)).map((path) => ({
      file: basename(path),
      to: basename(path).replace(/(?=\.\w+$)/, `-${name}`),
      path,
    }));
    for (const { path, to } of renamed) renameSync(path, join(dirname(path), to));
    for (const path of this.all((file) => TEXT.test(file))) {
      const content = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        renamed.reduce((text, { file, to }) => text.replaceAll(file, to), content),
      );
    }
    const argv = ['--input-type=module', '-e', KEPT_ANEW, this.directory];
    await promisify(execFile)(process.execPath, argv, { cwd: root });
  }

  /** Adds to a file as it is served, which goes on working, and leaves the lists as they are. */
  change(file: string, added: string): void {
    for (const suffix of ['.br', '.gz']) rmSync(join(this.directory, `${file}${suffix}`), { force: true });
    appendFileSync(join(this.directory, file), added);
  }

  take(file: string): void {
    for (const suffix of ['', '.br', '.gz']) rmSync(join(this.directory, `${file}${suffix}`), { force: true });
  }

  /** Paths of the files in a folder, as they are served. */
  filesIn(folder: string): string[] {
    return readdirSync(join(this.directory, folder))
      .filter((name) => !/\.(br|gz)$/.test(name))
      .map((name) => `${folder}/${name}`);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private all(isMeant: (path: string) => boolean): string[] {
    return readdirSync(this.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter(isMeant);
  }
}
