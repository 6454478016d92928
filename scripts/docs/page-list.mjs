// The pages of the site that are written by hand, in the order of its sidebar. Who adds one to docs/ adds its line here: a page
// that is missing fails the build. Decisions (docs/adr) list themselves.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const SECTIONS = [
  {
    title: 'Begin',
    pages: ['docs/quickstart.md', 'docs/concepts.md', 'docs/web.md', 'apps/cli/README.md'],
  },
  {
    title: 'Build on it',
    pages: [
      'docs/clients.md',
      'libs/sdk/README.md',
      'docs/protocol.md',
      'docs/mfa.md',
      'docs/push.md',
      'docs/attachments.md',
      'docs/contacts.md',
      'docs/account-lifecycle.md',
      'docs/reports.md',
    ],
  },
  {
    title: 'Run it',
    pages: [
      'docs/self-hosting.md',
      'docs/operations.md',
      'docs/monitoring.md',
      'docs/upgrading.md',
      'docs/scaling.md',
      'docs/performance.md',
      'docs/administration.md',
      'docs/audit.md',
      'docs/retention.md',
    ],
  },
  {
    title: 'Trust it',
    pages: [
      'docs/threat-model.md',
      'docs/crypto-inventory.md',
      'docs/architecture.md',
      'docs/evidence/release-gate.md',
      'SECURITY.md',
    ],
  },
  { title: 'Work on it', pages: ['CONTRIBUTING.md', 'CHANGELOG.md'] },
];

/** Listed by number. */
const DECISIONS = 'docs/adr';

/**
 * @param root of the repository.
 * @returns sections with the files of their pages, decisions last.
 * @throws {Error} when a page of docs/ is not listed, or a listed one is not there, or twice.
 */
export function listedSections(root, sections = SECTIONS) {
  const listed = sections.flatMap(({ pages }) => pages);
  const present = markdownBelow(root, 'docs');
  const isDecision = (file) => posix.dirname(file) === DECISIONS;
  const mistakes = [
    ...present.filter((file) => !isDecision(file) && !listed.includes(file)).map((file) => `${file} is not listed`),
    ...listed.filter((file) => !existsSync(join(root, file))).map((file) => `${file} is not there`),
    ...listed.filter((file, place) => listed.indexOf(file) !== place).map((file) => `${file} is listed twice`),
  ];
  if (mistakes.length > 0) throw new Error(`scripts/docs/page-list.mjs: ${mistakes.join(', ')}.`);
  return [...sections, { title: 'Decisions', pages: present.filter(isDecision) }];
}

/** Where the site has a file of the repository as a page: `docs/protocol.md` is `protocol.md`. */
export function pageOf(file) {
  return file.replace(/^docs\//, '').toLowerCase();
}

/** Files of the repository that are pages, by the paths of the pages. */
export function pageFiles(root) {
  return new Map(listedSections(root).flatMap(({ pages }) => pages.map((file) => [pageOf(file), file])));
}

/** @throws {Error} when the page does not begin with its title. */
export function titleOf(root, file) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(root, file), 'utf8')) ?? [];
  if (title === undefined) throw new Error(`${file} has no title.`);
  return title;
}

/** Folders whose names begin with a dot hold no pages. */
function markdownBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : markdownBelow(root, path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .sort();
}
