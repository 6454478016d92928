// What apps can see of the package, as text: kept in libs/sdk/api.md, so that a change of it shows in a diff.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Generated from openapi.json, which is kept and compared by itself. */
const OF_THE_CONTRACT = ['paths', 'components', 'operations', 'webhooks', '$defs'];

/** @param directory of the package */
export function apiReport(directory) {
  const files = ['index', 'browser', 'node'].map((name) => `${name}.d.ts`);
  const shared = readdirSync(join(directory, 'chunks')).filter((name) => name.endsWith('.d.ts'));
  const parts = [...files, ...shared.sort().map((name) => `chunks/${name}`)].map((file) => reportOf(directory, file));
  return [
    '# What `@sealpost/sdk` offers\n',
    'Written by `npm run sdk:api`. The types of HTTP operations are those of `openapi.json`.\n',
    ...parts,
  ].join('\n');
}

function reportOf(directory, file) {
  const text = readFileSync(join(directory, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });
  const shown = source.statements
    .filter((statement) => !OF_THE_CONTRACT.includes(statement.name?.text))
    .map((statement) => printer.printNode(ts.EmitHint.Unspecified, withoutPrivates(statement), source));
  return `## \`${file}\`\n\n\`\`\`ts\n${shown.join('\n')}\n\`\`\`\n`;
}

function withoutPrivates(statement) {
  if (!ts.isClassDeclaration(statement)) return statement;
  const { modifiers, name, typeParameters, heritageClauses, members } = statement;
  const visible = members.filter((member) => !isPrivate(member));
  return ts.factory.updateClassDeclaration(statement, modifiers, name, typeParameters, heritageClauses, visible);
}

function isPrivate(member) {
  const isHidden = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
  // That nobody but the class makes one is worth knowing.
  return isHidden && !ts.isConstructorDeclaration(member);
}
