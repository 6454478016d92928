// What leads from page to page: a list for those who read, one for the API, and one for the SDK.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listedSections, pageOf, titleOf } from './page-list.mjs';
import { PAGES } from './places.mjs';
import { ENTRIES, entryFolder } from './sdk-entries.mjs';

/** As VitePress takes it: by the beginnings of paths. @param root of the repository, whose pages are gathered. */
export function sidebar(root) {
  const reference = [...contractSections(root), { text: 'The SDK', link: '/reference/' }];
  return {
    '/api/': reference,
    '/events/': reference,
    '/reference/': sdkSections(root),
    '/': [...readingSections(root), { text: 'Reference', items: REFERENCES }],
  };
}

const REFERENCES = [
  { text: 'The HTTP API', link: '/api/' },
  { text: 'Events of the socket', link: '/events/' },
  { text: 'The SDK', link: '/reference/' },
];

/** In the bar above every page. */
export function navigation() {
  return [
    { text: 'Quickstart', link: '/quickstart' },
    { text: 'Concepts', link: '/concepts' },
    { text: 'Self-hosting', link: '/self-hosting' },
    { text: 'Reference', items: REFERENCES },
  ];
}

function readingSections(root) {
  return listedSections(root).map(({ title, pages }) => ({
    text: title,
    collapsed: title === 'Decisions',
    items: pages.map((file) => ({ text: titleOf(root, file), link: linkTo(pageOf(file)) })),
  }));
}

function contractSections(root) {
  return ['api', 'events'].map((folder) => {
    const pages = readdirSync(join(root, PAGES, folder)).filter((name) => name !== 'index.md');
    return {
      text: folder === 'api' ? 'The HTTP API' : 'Events of the socket',
      link: `/${folder}/`,
      items: pages.sort().map((name) => gathered(root, `${folder}/${name}`)),
    };
  });
}

/** Classes and functions; types are found from these, and from the page of each entry. */
function sdkSections(root) {
  return Object.values(ENTRIES).map((entry) => ({
    text: entry,
    link: `/${entryFolder(entry)}/`,
    items: ['classes', 'functions'].flatMap((kind) => pagesIn(root, `${entryFolder(entry)}/${kind}`)),
  }));
}

function pagesIn(root, folder) {
  return readdirSync(join(root, PAGES, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ text: name.replace(/\.md$/, ''), link: linkTo(`${folder}/${name}`) }));
}

/** By its title, without what all titles of its folder begin with. */
function gathered(root, page) {
  return { text: titleOf(join(root, PAGES), page).replace(/^API: /, ''), link: linkTo(page) };
}

function linkTo(page) {
  return `/${page.replace(/\.md$/, '')}`;
}
