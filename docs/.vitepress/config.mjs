// The site of docs/, from the pages that scripts/docs has gathered: `npm run docs:build`.
import { resolve } from 'node:path';
import { createCssVariablesTheme } from 'shiki';
import { defineConfig } from 'vitepress';
import { headingId } from '../../scripts/docs/heading-id.mjs';
import { pageFiles } from '../../scripts/docs/page-list.mjs';
import { PAGES, SITE } from '../../scripts/docs/places.mjs';
import { withPolicy } from '../../scripts/docs/policy.mjs';
import { copyFiles, RepositoryLinks } from '../../scripts/docs/repository-links.mjs';
import { navigation, sidebar } from '../../scripts/docs/sidebar.mjs';
import { codeByClass, tablesByClass, withoutTimeLimit } from '../../scripts/docs/styles-by-class.mjs';

const root = resolve(import.meta.dirname, '../..');
const links = new RepositoryLinks(root, pageFiles(root));

export default defineConfig({
  title: 'Sealpost',
  description: 'A message relay you run yourself, which stores ciphertext and cannot open it.',
  lang: 'en',
  // A relay that its reader has started. What is on the site is checked by `npm run docs:check`, headings included.
  ignoreDeadLinks: 'localhostLinks',
  srcDir: resolve(root, PAGES),
  outDir: resolve(root, SITE),
  cacheDir: resolve(root, 'node_modules/.vitepress'),
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  // While colours change it would write a style into the page, which the policy refuses.
  appearance: { disableTransition: false },
  markdown: {
    anchor: { slugify: headingId },
    attrs: { rule: ['heading'] },
    emoji: false,
    theme: createCssVariablesTheme({ variablePrefix: '--code-' }),
    codeTransformers: [codeByClass],
    shikiSetup: withoutTimeLimit,
    config(md) {
      md.use(links.plugin());
      md.use(tablesByClass);
    },
  },
  transformHtml: withPolicy,
  buildEnd: ({ outDir }) => copyFiles(root, links.copied, outDir),
  themeConfig: {
    logo: { src: '/icon.svg', alt: '' },
    nav: navigation(),
    sidebar: sidebar(root),
    outline: [2, 3],
    search: { provider: 'local' },
    externalLinkIcon: true,
  },
});
