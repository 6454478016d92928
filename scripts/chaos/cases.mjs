import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import { specFiles, testsWithIds } from '../controls/titles.mjs';

const LAB = 'test/chaos/';
/** What a relay withstands: the controls that the lab is for. */
const ID = /^R-\d+$/;
const SUFFIX = /[.-](\w+-)?spec\.ts$/;
const PROJECTS = { '.chaos-spec.ts': 'chaos', '.e2e-spec.ts': 'e2e', '.browser-spec.ts': 'browser' };

/**
 * All cases, by name: every file of the lab, and every other test file that proves one of its controls, of which only those tests
 * belong to it. `sizes` are what the file does short and long, as it says so itself.
 *
 * @returns `{ name, file, project, ids, isWhole, sizes }`
 */
export function chaosCases() {
  const idsOf = new Map(specFiles().flatMap((file) => (file.startsWith(LAB) ? [[file, new Set()]] : [])));
  for (const { file, ids } of testsWithIds()) {
    const ours = ids.filter((id) => ID.test(id));
    if (ours.length > 0) idsOf.set(file, new Set([...(idsOf.get(file) ?? []), ...ours]));
  }
  return [...idsOf]
    .map(([file, ids]) => caseOf(file, [...ids].sort()))
    .sort((a, b) => (a.ids[0] ?? 'Z').localeCompare(b.ids[0] ?? 'Z') || a.name.localeCompare(b.name));
}

function caseOf(file, ids) {
  const suffix = Object.keys(PROJECTS).find((ending) => file.endsWith(ending));
  const name = basename(file).replace(SUFFIX, '');
  return { name, file, project: PROJECTS[suffix] ?? 'unit', ids, isWhole: file.startsWith(LAB), sizes: sizesIn(file) };
}

/** Each `const NAME = scaled({ ci: …, gate: … })` of a file, as text. */
function sizesIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    const amount = ts.isVariableDeclaration(node) ? amountOf(node.initializer) : undefined;
    if (amount !== undefined) found.push({ name: node.name.getText(), ...amount });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function amountOf(node) {
  if (node === undefined || !ts.isCallExpression(node) || node.expression.getText() !== 'scaled') return undefined;
  const parts = Object.fromEntries(node.arguments[0].properties.map((part) => [part.name.getText(), part]));
  const text = (part) =>
    part.initializer
      .getText()
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/(?<=\d)_(?=\d)/g, ' ');
  return { short: text(parts.ci), long: text(parts.gate) };
}
