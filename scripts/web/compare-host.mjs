import { createHash } from 'node:crypto';
import { fetchFile } from './fetch-file.mjs';

const SHELL = 'index.html';
/** Where browsers ask for the shell: at the root, and wherever somebody comes back to. */
const PLACES_OF_SHELL = ['', 'settings', 'chats/00000000-0000-7000-8000-000000000000'];
/** Beside those of its kind. */
const HEADERS_OF_ALL = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};
/** By these a host could add to a page what stands in none of its files. */
const UNWANTED_HEADERS = ['link', 'refresh', 'service-worker-allowed', 'set-cookie'];
const YEAR_SECONDS = 31_536_000;
const ENCODINGS = ['identity', 'gzip', 'br'];
const AT_ONCE = 4;

/**
 * Asks a host for every file of a build, as a browser would, in every encoding.
 *
 * @returns how many files were `compared`, and the `differences`: `{ path, says }`
 * @throws {Error} when the host cannot be reached
 */
export async function compareHost(origin, { headers, files }) {
  const differences = [];
  const waiting = Object.entries(files).flatMap(([path, file]) =>
    placesOf(path).flatMap((place) => ENCODINGS.map((encoding) => ({ path, place, encoding, file }))),
  );
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const expected = { ...HEADERS_OF_ALL, ...headers[one.file.kind] };
      const found = await differencesAt(origin, one, expected);
      differences.push(...found.map((says) => ({ path: `/${one.place}`, says })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const unique = new Map(differences.map((one) => [`${one.path} ${one.says}`, one]));
  return { compared: Object.keys(files).length, differences: [...unique.values()].sort(byPath) };
}

function placesOf(path) {
  return path === SHELL ? PLACES_OF_SHELL : [path];
}

async function differencesAt(origin, { path, place, encoding, file }, expected) {
  const url = new URL(`/${place}`, origin);
  const { status, headers, body, problem } = await fetchFile(url, {
    encoding,
    isPage: path === SHELL,
    mostBytes: file.bytes,
  });
  if (problem !== undefined) return [problem];
  if (status !== 200) return [`is not there (${status})`];
  return [...contentDifference(body, file), ...headerDifferences(url, headers, expected)];
}

function contentDifference(body, { sha256 }) {
  const found = createHash('sha256').update(body).digest('base64');
  return found === sha256 ? [] : [`has another content: SHA-256 ${found} instead of ${sha256}`];
}

function headerDifferences({ protocol }, headers, expected) {
  const differing = Object.entries(expected)
    .filter(([name, value]) => headers[name] !== value)
    .map(([name, value]) => `has ${name}: ${headers[name] ?? 'none'} instead of ${value}`);
  const unwanted = UNWANTED_HEADERS.filter((name) => headers[name] !== undefined).map((name) => `comes with a ${name}`);
  return [...differing, ...unwanted, ...(protocol === 'https:' ? transportDifferences(headers) : [])];
}

function transportDifferences({ 'strict-transport-security': policy = '' }) {
  const seconds = Number(/max-age=(\d+)/.exec(policy)?.[1] ?? 0);
  return seconds >= YEAR_SECONDS
    ? []
    : [`has strict-transport-security: ${policy || 'none'} instead of a year or more`];
}

function byPath(one, other) {
  return one.path < other.path ? -1 : Number(one.path > other.path);
}
