import { existsSync, readFileSync, statSync } from 'node:fs';

const MOST_MANIFEST_BYTES = 1024 * 1024;
const MOST_FILES = 2_000;
const MOST_FILE_BYTES = 32 * 1024 * 1024;
/** A path below the root of a host, and nothing that leads elsewhere. */
const PATH = /^(?!.*\.\.)[\w][\w./@+-]{0,250}$/;
const SHA256 = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Reads the list of files that a build has written.
 *
 * @returns `{ version, headers: { [kind]: { [name]: value } }, files: { [path]: { sha256, bytes, kind } } }`
 * @throws {Error} when there is none, or it is none
 */
export function readManifest(file) {
  if (!existsSync(file)) throw new Error(`There is no ${file}: npm run build:web writes it.`);
  if (statSync(file).size > MOST_MANIFEST_BYTES) throw new Error(`${file} is too long for a list of files.`);
  const manifest = parsed(readFileSync(file, 'utf8'));
  if (!isManifest(manifest)) throw new Error(`${file} is no list of the files of a web app.`);
  return manifest;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value) {
  if (!isObject(value) || value.format !== 1 || typeof value.version !== 'string') return false;
  const { headers, files } = value;
  if (!isObject(headers) || !Object.values(headers).every(isHeaders)) return false;
  const entries = isObject(files) ? Object.entries(files) : [];
  const isFile = ([path, file]) =>
    PATH.test(path) &&
    isObject(file) &&
    SHA256.test(file.sha256) &&
    Number.isInteger(file.bytes) &&
    file.bytes >= 0 &&
    file.bytes <= MOST_FILE_BYTES &&
    Object.hasOwn(headers, file.kind);
  return Object.hasOwn(files ?? {}, 'index.html') && entries.length <= MOST_FILES && entries.every(isFile);
}

function isHeaders(value) {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
