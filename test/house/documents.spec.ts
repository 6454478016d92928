import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ACCOUNT_CHANGES, CLIENT_EVENTS, SERVER_EVENTS } from '#protocol';
import { settingNames } from '../../apps/relay/src/platform/config/config.js';
import { PROBLEMS } from '../../apps/relay/src/platform/errors/problem.js';
import { headingId } from '../../scripts/docs/heading-id.mjs';

/** What the documents say by name must be there, and what is there must be named. */

const root = resolve(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].concat(
  ...['docs', 'docs/adr', 'docs/evidence'].map((folder) => markdownIn(folder)),
);

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** The first cells of the table rows below a heading, without backticks. */
function firstCells(text: string, heading: string): string[] {
  const [, below = ''] = text.split(`\n${heading}\n`);
  const [section = ''] = below.split(/\n#+ /);
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell = '']) => cell);
}

/** The ids by which GitHub links to headings. */
function anchorsOf(text: string): Set<string> {
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => headingId(title)));
}

describe('the documents', () => {
  it.each(documents)('%s links to what is there', (path) => {
    const broken = [...read(path).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].filter(
      ([, file = '', anchor]) => {
        const target = file === '' ? path : join(dirname(path), file);
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
      },
    );
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('show in the README what stands in the example', () => {
    const [, excerpt = ''] = /```js\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
    const example = new Set(read('examples/send-and-receive.mjs').split('\n'));
    expect(excerpt).not.toBe('');
    expect(
      excerpt
        .trimEnd()
        .split('\n')
        .filter((line) => !example.has(line)),
    ).toEqual([]);
    expect(example.size).toBeLessThanOrEqual(120);
  });

  it('name every way to refuse, with its status', () => {
    const rows = [...read('docs/protocol.md').matchAll(/^\| `(\w+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
      code,
      status,
    ]);
    expect(rows).toEqual(Object.entries(PROBLEMS).map(([code, { status }]) => [code, String(status)]));
  });

  it('name every event and every change', () => {
    const protocol = read('docs/protocol.md');
    expect(firstCells(protocol, '### From the client').sort()).toEqual([...CLIENT_EVENTS].sort());
    expect(firstCells(protocol, '### From the relay').sort()).toEqual([...SERVER_EVENTS].sort());
    expect(firstCells(protocol, '## Account changes').sort()).toEqual([...ACCOUNT_CHANGES].sort());
  });

  it('name every feature and every import rule', () => {
    const architecture = read('docs/architecture.md');
    const features = readdirSync(join(root, 'apps/relay/src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'platform')
      .map(({ name }) => name);
    expect(firstCells(architecture, '### Features').sort()).toEqual(features.sort());
    const { forbidden } = createRequire(__filename)('../../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[];
    };
    expect(forbidden.map(({ name }) => name).filter((name) => !architecture.includes(`\`${name}\``))).toEqual([]);
  });

  it('name every setting in .env.example', () => {
    const example = [...read('.env.example').matchAll(/^#([A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(example.sort()).toEqual(settingNames().sort());
  });

  it('name only scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((path) =>
      [...read(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
