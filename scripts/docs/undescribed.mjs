// Whether the built site describes all there is: every route, every event, and every export of the SDK.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { routesOf } from './api-pages.mjs';
import { filesIn } from './broken-links.mjs';
import { eventsOf } from './event-pages.mjs';
import { entryFolder, exportsOf } from './sdk-entries.mjs';

/**
 * @param directory of the built site.
 * @param contracts the documents of routes and events, and the SDK's report of its exports.
 * @returns how many there are of each kind, and the names of those that the site does not describe.
 */
export function undescribed(directory, { openapi, asyncapi, apiReport }) {
  const routes = routesOf(openapi).map(({ route, ...place }) => ({ name: route, isThere: stands(directory, place) }));
  const events = eventsOf(asyncapi).map(({ title, ...place }) => ({ name: title, isThere: stands(directory, place) }));
  const pages = new Set(filesIn(directory).map(withoutKind));
  const exported = exportsOf(apiReport).map(([entry, name]) => ({
    name: `${name} of ${entry}`,
    isThere: pages.has(`${entryFolder(entry)}/${name}.html`),
  }));
  const all = { routes, events, exports: exported };
  return {
    counts: Object.fromEntries(Object.entries(all).map(([kind, each]) => [kind, each.length])),
    missing: Object.values(all).flatMap((each) => each.filter(({ isThere }) => !isThere).map(({ name }) => name)),
  };
}

/** A page has the id of a heading. */
function stands(directory, { page, id }) {
  const path = join(directory, page.replace(/\.md$/, '.html'));
  return existsSync(path) && readFileSync(path, 'utf8').includes(` id="${id}"`);
}

/** `reference/sdk/classes/Sealpost.html` is the page of `reference/sdk` and `Sealpost`. */
function withoutKind(file) {
  return posix.join(posix.dirname(posix.dirname(file)), posix.basename(file));
}
