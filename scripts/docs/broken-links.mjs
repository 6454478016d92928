// Whether all that a built site refers to is there: pages, headings, scripts, pictures. Other sites are not asked.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Parser } from 'htmlparser2';

const REFERRING = ['href', 'src'];
const LEADS_AWAY = /^([a-z][a-z0-9+.-]*:|\/\/)/i;

/**
 * @param directory of the built site.
 * @returns what leads nowhere, with the page that refers to it.
 */
export function brokenLinks(directory) {
  const files = new Set(filesIn(directory));
  const pages = new Map(
    [...files].filter((file) => file.endsWith('.html')).map((file) => [file, readPage(join(directory, file))]),
  );
  return [...pages].flatMap(([page, { links }]) =>
    [...links]
      .filter((link) => !LEADS_AWAY.test(link) && !leadsSomewhere(link, page, { files, pages }))
      .map((link) => ({ page, link })),
  );
}

/** What a page refers to, and the ids by which it is referred to. */
function readPage(path) {
  const links = new Set();
  const ids = new Set();
  const parser = new Parser({
    onopentag(_name, attributes) {
      if (attributes.id !== undefined) ids.add(attributes.id);
      for (const name of REFERRING) if (attributes[name] !== undefined) links.add(attributes[name]);
    },
  });
  parser.end(readFileSync(path, 'utf8'));
  return { links, ids };
}

function leadsSomewhere(link, page, { files, pages }) {
  const { pathname, hash } = new URL(link, `http://site/${page}`);
  const path = decodeURIComponent(pathname.slice(1));
  const file = [path, `${path}.html`, posix.join(path, 'index.html')].find((candidate) => files.has(candidate));
  if (file === undefined) return false;
  const target = pages.get(file);
  return hash.length <= 1 || target === undefined || target.ids.has(decodeURIComponent(hash.slice(1)));
}

/** Paths from the directory, with slashes. */
export function filesIn(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => posix.relative(directory, posix.join(parentPath, name)));
}
