import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const FOLDERS = ['apps', 'libs', 'test'];
const IDS = /\(([A-Z]-\d+(?:, [A-Z]-\d+)*)\)/g;
/** Stands for what jest or a template puts into a title. */
const GAP = '…';

/**
 * Every test, and group of tests, whose title carries ids of controls in round brackets, such as `(C-12)` or `(C-34, R-08)`:
 * `{ file, titles, ids }`, where `titles` begins with those of the groups around it.
 */
export function testsWithIds() {
  return specFiles().flatMap((file) =>
    titlesIn(file)
      .map((titles) => ({ file, titles, ids: idsIn(titles.at(-1)) }))
      .filter(({ ids }) => ids.length > 0),
  );
}

function idsIn(title) {
  return [...title.matchAll(IDS)].flatMap(([, ids]) => ids.split(', '));
}

/** Titles in one line, without the ids. */
export function asSentence(titles) {
  return titles.join(' ').replaceAll(/ ?\([A-Z]-\d+(, [A-Z]-\d+)*\)/g, '');
}

/** Whether the test that jest reported is the one that is written so, or in the group that is. */
export function isWritten(titles, reported) {
  let from = 0;
  return titles.every((written) => {
    const found = reported.slice(from).findIndex((one) => patternOf(written).test(one));
    from += found + 1;
    return found >= 0;
  });
}

function patternOf(written) {
  const parts = written.split(GAP).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** Every file of tests, by its path. */
export function specFiles() {
  return FOLDERS.filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, path)))
    .filter((path) => /[.-]spec\.ts$/.test(path))
    .sort();
}

/** By the syntax: a title is the first argument of `it`, `describe`, `it.each(…)` or whatever else is given a function, too. */
function titlesIn(file) {
  const found = [];
  const visit = (node, around) => {
    const title = titleOf(node);
    const titles = title === undefined ? around : [...around, title];
    if (title !== undefined) found.push(titles);
    ts.forEachChild(node, (child) => visit(child, titles));
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest), []);
  return found;
}

function titleOf(node) {
  if (!ts.isCallExpression(node)) return undefined;
  const [title, body] = node.arguments;
  const isTest = body !== undefined && (ts.isArrowFunction(body) || ts.isFunctionExpression(body));
  return isTest ? textOf(title)?.replaceAll(/%[a-zA-Z#]|\$[\w#.]+/g, GAP) : undefined;
}

function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(GAP);
}
