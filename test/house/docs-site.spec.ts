import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { apiPages } from '../../scripts/docs/api-pages.mjs';
import { brokenLinks } from '../../scripts/docs/broken-links.mjs';
import { eventPages } from '../../scripts/docs/event-pages.mjs';
import { listedSections, pageFiles } from '../../scripts/docs/page-list.mjs';
import { withPolicy } from '../../scripts/docs/policy.mjs';
import { RepositoryLinks } from '../../scripts/docs/repository-links.mjs';
import { undescribed } from '../../scripts/docs/undescribed.mjs';

/** What `npm run docs:check` finds on the site, and what its build refuses. */

const root = resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

let directory: string;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealpost-docs-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('links on the site', () => {
  it('lead to pages, headings and files that are there', () => {
    write('index.html', '<a href="/guide/#so-be-it">1</a><a href="guide/index.html">2</a><img src="/icon.svg">');
    write(
      'guide/index.html',
      '<h1 id="so-be-it"></h1><a href="../">3</a><a href="#so-be-it">4</a><a href="/log">5</a>',
    );
    write(
      'log.html',
      '<script src="/log.js"></script><a href="https://example.org/x">6</a><a href="mailto:a@b.c">7</a>',
    );
    write('icon.svg', '');
    write('log.js', '');
    expect(brokenLinks(directory)).toEqual([]);
  });

  it('are found when they lead nowhere: to no page, no heading, no file', () => {
    write(
      'index.html',
      '<a href="/gone">1</a><a href="guide#gone">2</a><a href="#gone">3</a><script src="/gone.js"></script>',
    );
    write('guide.html', '<p id="here"></p>');
    const links = ['/gone', 'guide#gone', '#gone', '/gone.js'];
    expect(brokenLinks(directory)).toEqual(links.map((link) => ({ page: 'index.html', link })));
  });
});

describe('links of the repository', () => {
  const links = new RepositoryLinks(root, pageFiles(root));

  it('lead to the page that a file has become', () => {
    expect(links.onSite('threat-model.md', 'protocol.md#sync')).toBe('/protocol.md#sync');
    expect(links.onSite('adr/0001-one-log-per-conversation.md', '../architecture.md')).toBe('/architecture.md');
    expect(links.onSite('clients.md', '../libs/sdk/README.md')).toBe('/libs/sdk/readme.md');
  });

  it('lead to a copy of a file that is no page', () => {
    expect(links.onSite('self-hosting.md', '../.env.example')).toBe('/source/env.example.txt');
    expect([...links.copied]).toEqual(['.env.example']);
  });

  it('are left alone within a page, to elsewhere, and on pages made from the contract', () => {
    const left = ['#sync', 'https://example.org/', '/openapi.json'];
    expect(left.map((link) => links.onSite('protocol.md', link))).toEqual(left);
    expect(links.onSite('api/index.md', 'auth.md')).toBe('auth.md');
  });

  it.each(['gone.md', '../gone.ts', '../../outside.md', 'adr'])('end the build when they lead nowhere: %s', (link) => {
    expect(() => links.onSite('protocol.md', link)).toThrow(`docs/protocol.md links to ${link}`);
  });
});

describe('the list of pages', () => {
  it('has every page of docs/, decisions by themselves', () => {
    const sections = listedSections(root);
    expect(sections.at(-1)!.pages[0]).toBe('docs/adr/0001-one-log-per-conversation.md');
    expect(sections.flatMap(({ pages }) => pages)).toContain('docs/protocol.md');
  });

  it('ends the build when a page is missing in it, is not there, or is listed twice', () => {
    write('docs/listed.md', '# Listed');
    write('docs/more/forgotten.md', '# Forgotten');
    write('docs/.hidden/note.md', '# Not a page');
    const pages = ['docs/listed.md', 'docs/gone.md', 'docs/listed.md'];
    expect(() => listedSections(directory, [{ title: 'All', pages }])).toThrow(
      'docs/more/forgotten.md is not listed, docs/gone.md is not there, docs/listed.md is listed twice.',
    );
  });
});

describe('the reference', () => {
  const openapi = JSON.parse(read('openapi.json')) as object;
  const asyncapi = JSON.parse(read('asyncapi.json')) as object;
  const apiReport = '## `index.d.ts`\n\nexport { Sealpost };\n\n## `browser.d.ts`\n\nexport { connectWorker };\n';

  /** The headings of pages as a build would show them. */
  function build(): void {
    for (const [page, text] of [...apiPages(openapi), ...eventPages(asyncapi)]) {
      const ids = [...text.matchAll(/ \{#(.+)\}$/gm)].map(([, id]) => `<h2 id="${id}"></h2>`);
      write(page.replace('.md', '.html'), ids.join('\n'));
    }
    write('reference/sdk/classes/Sealpost.html', '');
    write('reference/sdk/browser/functions/connectWorker.html', '');
  }

  it('has every route and every event of the contract', () => {
    build();
    const { counts, missing } = undescribed(directory, { openapi, asyncapi, apiReport });
    expect(missing).toEqual([]);
    const { paths } = openapi as { paths: Record<string, object> };
    const { operations } = asyncapi as { operations: object };
    const routes = Object.values(paths).flatMap((methods) => Object.keys(methods)).length;
    expect(counts).toEqual({ routes, events: Object.keys(operations).length, exports: 2 });
  });

  it('is found wanting when a route, an event or an export is missing', () => {
    build();
    rmSync(join(directory, 'api/sync.html'));
    rmSync(join(directory, 'reference/sdk/browser/functions/connectWorker.html'));
    write('events/from-the-relay.html', '<h2 id="pushready"></h2>');
    const { missing } = undescribed(directory, { openapi, asyncapi, apiReport });
    expect(missing).toEqual(
      expect.arrayContaining(['POST /v1/sync', 'entry', 'connectWorker of @sealpost/sdk/browser']),
    );
    expect(missing).not.toContain('ready');
  });

  it('shows texts of the contract as text', () => {
    const operation = { operationId: 'look', tags: ['looks'], summary: 'Look', responses: {} };
    const paths = { '/x': { get: { ...operation, description: 'For a <b> and `a <b>`, and {{ this }}.' } } };
    const pages = apiPages({ info: {}, paths, components: { schemas: {} } });
    expect(pages.get('api/looks.md')).toContain('For a &lt;b> and `a <b>`, and {&#8203;{ this }}.');
  });
});

describe('a page of the site', () => {
  const head = '<head>\n<meta charset="utf-8">';

  it('allows the scripts that the build wrote into it, and no others', () => {
    const html = withPolicy(`${head}<script id="a">one()</script><script type="module" src="/app.js"></script></head>`);
    const hash = createHash('sha256').update('one()').digest('base64');
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="(.*?)">/.exec(html) ?? [];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'self' 'sha256-${hash}'`,
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has no style in its elements, and keeps its words', () => {
    const body = '<p class="a" style="color: red">the attribute style="x" of <b style="">b</b></p>';
    expect(withPolicy(`${head}</head>${body}`)).toContain('<p class="a">the attribute style="x" of <b>b</b></p>');
  });

  it('is not built without a policy', () => {
    expect(() => withPolicy('<head></head>')).toThrow('no place for its content security policy');
  });
});
