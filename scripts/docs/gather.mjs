// Brings together all pages of the site: those written by hand, and those made from the contract and from the SDK.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiPages } from './api-pages.mjs';
import { eventPages } from './event-pages.mjs';
import { pageFiles } from './page-list.mjs';
import { PAGES } from './places.mjs';
import { writeSdkPages } from './sdk-pages.mjs';

const HOME = 'docs/.vitepress/home.md';
const CONTRACTS = ['openapi.json', 'asyncapi.json'];
const ICON = 'apps/web/public/icon.svg';
const PICTURE = /\.(png|svg)$/;

/** @param root of the repository, in whose `dist` they are put. */
export async function gatherPages(root) {
  const directory = join(root, PAGES);
  rmSync(directory, { recursive: true, force: true });
  for (const [page, file] of pageFiles(root)) copy(join(root, file), join(directory, page));
  for (const file of picturesIn(root)) copy(join(root, 'docs', file), join(directory, file));
  for (const file of [...CONTRACTS, ICON]) copy(join(root, file), join(directory, 'public', file.split('/').at(-1)));
  copy(join(root, HOME), join(directory, 'index.md'));
  const [openapi, asyncapi] = CONTRACTS.map((file) => JSON.parse(readFileSync(join(root, file), 'utf8')));
  for (const [page, text] of [...apiPages(openapi), ...eventPages(asyncapi)]) write(join(directory, page), text);
  await writeSdkPages(directory);
}

function picturesIn(root) {
  return readdirSync(join(root, 'docs'), { recursive: true }).filter((file) => PICTURE.test(file));
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\n`);
}
