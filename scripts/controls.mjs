#!/usr/bin/env node
/**
 * Shows each control of docs/controls.json with its tests and their last results, red where none has passed, and exits with
 * 1 when one is red.
 *
 *   npm run controls               shows them
 *   npm run controls -- --write    also writes them into docs/threat-model.md
 *   npm run controls -- --check    only compares that page with the list and the test files; needs no results
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mistakesInIds, readControls } from './controls/matrix.mjs';
import { asMarkdown, sectionOf, withoutResults, withSection } from './controls/page.mjs';
import { readTestResults } from './controls/test-results.mjs';

const PAGE = 'docs/threat-model.md';
const { values: options } = parseArgs({
  options: { write: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
});
const inColour = process.stdout.isTTY && process.env.NO_COLOR === undefined;

process.exitCode = options.check ? check() : show();

function check() {
  const controls = readControls();
  const mistakes = mistakesInIds(controls);
  if (withoutResults(sectionOf(readFileSync(PAGE, 'utf8'))) !== withoutResults(asMarkdown(controls)))
    mistakes.push(`${PAGE} does not have the controls as they are: run \`npm run controls -- --write\`.`);
  for (const mistake of mistakes) console.error(mistake);
  return mistakes.length > 0 ? 1 : 0;
}

function show() {
  const results = readTestResults();
  if (results === undefined) {
    console.error('There are no results yet: `npm test -- --only jest` makes them.');
    return 1;
  }
  const controls = readControls(results);
  const now = controls.filter(({ planned }) => planned === undefined);
  for (const control of now) print(control);
  const red = now.filter(({ outcome }) => outcome.isRed);
  console.log(`\n${now.length} controls: ${now.length - red.length} proven, ${red.length} red`);
  if (red.length > 0) console.log(`red: ${red.map(({ id }) => id).join(' ')}`);
  if (options.write) {
    const page = readFileSync(PAGE, 'utf8');
    writeFileSync(PAGE, withSection(page, asMarkdown(controls)));
    console.log(`${PAGE} is written.`);
  }
  const mistakes = mistakesInIds(controls);
  for (const mistake of mistakes) console.error(mistake);
  return red.length + mistakes.length > 0 ? 1 : 0;
}

function print({ id, outcome, tests }) {
  console.log(`${id.padEnd(6)}${outcome.isRed ? red(`RED: ${outcome.words}`) : outcome.words}`);
  for (const { file, titles, outcomes } of tests) {
    const result = [...new Set(outcomes)].join(' and ') || 'not run';
    console.log(`        ${result === 'passed' ? result : red(result)}  ${file}: ${titles.join(' ')}`);
  }
}

function red(text) {
  return inColour ? `\u001b[31m${text}\u001b[39m` : text;
}
