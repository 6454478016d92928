import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Made from openapi.json, where each of its parts is explained. */
const GENERATED = ['components'];

/** What a reader of the package's types finds no sentence for: exports, and the methods of exported classes. */
export function undocumented(directory) {
  const entries = readdirSync(directory).filter((file) => file.endsWith('.d.ts'));
  const program = ts.createProgram(
    entries.map((file) => join(directory, file)),
    { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [], noLib: true },
  );
  const checker = program.getTypeChecker();
  return entries.flatMap((file) => {
    const source = checker.getSymbolAtLocation(program.getSourceFile(join(directory, file)));
    return checker
      .getExportsOfModule(source)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter(({ name }) => !GENERATED.includes(name))
      .flatMap((symbol) => mute(symbol, checker))
      .map((name) => `${file}: ${name}`);
  });
}

function mute(symbol, checker) {
  const silent = (one) => one.getDocumentationComment(checker).length === 0 && one.getJsDocTags(checker).length === 0;
  const names = silent(symbol) ? [symbol.name] : [];
  const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0;
  if (!isClass) return names;
  const methods = [...(symbol.members?.values() ?? [])].filter(isPublicMethod);
  return [...names, ...methods.filter(silent).map(({ name }) => `${symbol.name}.${name}`)];
}

function isPublicMethod({ flags, declarations = [] }) {
  const isMethod = (flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)) !== 0;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return isMethod && declarations.every((one) => (ts.getCombinedModifierFlags(one) & hidden) === 0);
}
