import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');

/** The rule that the web app is linted with, on a source of a test's own: without types, which take long and are not asked for. */
const LINT = `
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import config from './eslint.config.mjs';
const ofApp = config.filter(({ name = '' }) => name.includes('nothing puts markup or script into the page'));
const rule = ofApp.map(({ rules = {} }) => rules['no-restricted-syntax']).find((one) => one !== undefined);
const files = ['**/*.tsx'];
const languageOptions = { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } };
const sources = JSON.parse(process.argv[1]);
const found = sources.map((source) =>
  new Linter().verify(source, [{ files, languageOptions, rules: { 'no-restricted-syntax': rule } }], 'apps/web/src/page.tsx'),
);
console.log(JSON.stringify(found.map((messages) => messages.map(({ message }) => message))));
`;

async function lint(sources: readonly string[]): Promise<string[][]> {
  const argv = ['--input-type=module', '-e', LINT, JSON.stringify(sources)];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: root });
  return JSON.parse(stdout) as string[][];
}

it('every way by which a text could become markup in the web app is refused, planted one by one (C-65)', async () => {
  const refused = [
    'export const Page = ({ text }) => <p dangerouslySetInnerHTML={{ __html: text }} />;',
    'export const Page = ({ text }) => <p {...{ dangerouslySetInnerHTML: { __html: text } }} />;',
    'export const put = (node, text) => { node.innerHTML = text; };',
    'export const put = (node, text) => { node.outerHTML = text; };',
    'export const put = (frame, text) => { frame.srcdoc = text; };',
    'export const put = (node, text) => node.insertAdjacentHTML("beforeend", text);',
    'export const put = (node, text) => node.setHTMLUnsafe(text);',
    'export const put = (range, text) => range.createContextualFragment(text);',
    'export const put = (parser, text) => parser.parseFromString(text, "text/html");',
    'export const put = (text) => document.write(text);',
  ];
  const taken = [
    'export const Page = ({ text }) => <p>{text}</p>;',
    'export const put = (node, text) => { node.textContent = text; };',
  ];
  const found = await lint([...refused, ...taken]);
  expect(found).toEqual([
    ...refused.map(() => ['Text is put into the page as text: it may come from anybody.']),
    ...taken.map(() => []),
  ]);
}, 30_000);
