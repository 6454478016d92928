import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const { WEB_FILE_HEADERS, WEB_MANIFEST, webFileKind } = await tsImport(
  '../../libs/protocol/src/web-app.ts',
  import.meta.url,
);

export { WEB_MANIFEST };

/** Copies of other files, what no relay serves, and the list itself. */
const UNLISTED = /\.(br|gz)$|(^|\/)\.|^web-manifest\.json$/;

/** @returns the paths of what a relay serves of a build, sorted. */
export function servedFiles(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(directory, join(parentPath, name)).replaceAll('\\', '/'))
    .filter((path) => !UNLISTED.test(path))
    .sort();
}

/** @returns the SHA-256 of a file, in base64 as `integrity` has it. */
export function sha256Of(content) {
  return createHash('sha256').update(content).digest('base64');
}

/** Lists every file with its SHA-256, and the headers that each kind of them comes with. */
export function writeManifest(directory, version) {
  const entries = servedFiles(directory).map((path) => {
    const content = readFileSync(join(directory, path));
    return [path, { sha256: sha256Of(content), bytes: content.length, kind: webFileKind(path) }];
  });
  const manifest = { format: 1, version, headers: WEB_FILE_HEADERS, files: Object.fromEntries(entries) };
  writeFileSync(join(directory, WEB_MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
}
