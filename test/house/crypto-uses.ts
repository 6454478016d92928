import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What a file does with cryptography, as it stands in docs/crypto-inventory.md. */
export interface CryptoUses {
  /** `node:crypto.createHash`, `crypto.subtle.sign`, `Math.random`, `ts-mls` …, in order. */
  readonly uses: readonly string[];
  /** Names of algorithms in the text of the file: `AES-GCM`, `sha256` …, in order. */
  readonly algorithms: readonly string[];
}

const SOURCE = /\.(ts|tsx|mts|cts|js|mjs|cjs)$/;
/** Of what is shipped: specs, their fixtures, and what only they use are not. */
const NOT_SHIPPED = /(?:^|\/)node_modules\/|[-.](spec|fixture)\.\w+$|^libs\/testing\//;

/** Packages of cryptography by their names; what others are says their manifest. */
const BY_NAME =
  /^(?:node:)?crypto$|^(?:@noble|@hpke|@scure|@stablelib|@peculiar)\/|jose$|jwt|jsonwebtoken|mls|mlkem|kem$|argon2|bcrypt|scrypt|sodium|nacl|forge|elliptic|otp|openpgp|libsignal|webauthn|http_ece$|^uuid$|^nanoid$/;
const BY_KEYWORD = /crypt|cipher|\bhash|hmac|hkdf|\bkdf\b|\bjwt\b|signature|random/i;

const ALGORITHM =
  /^(?:aes|chacha|salsa|3?des|rc4|blake|md\d|ripemd|sha|shake|hmac|hkdf|pbkdf2|scrypt|bcrypt|argon2|ed(?:25519|448)|x(?:25519|448)|ecd|ecdh|ecdsa|eddsa|dsa|rsa|p-?(?:256|384|521)|secp|prime256|ml-?(?:kem|dsa)|x-?wing|[hre]s(?:256|384|512)|mls_\d)[\w./-]*$/i;
const RANDOMNESS = new Set(['getRandomValues', 'randomUUID', 'subtle', 'webcrypto']);

/** Every shipped file of `apps` and `libs` that does anything of the kind, by its path from the root. */
export function cryptoUsesIn(root: string): Record<string, CryptoUses> {
  const files = ['apps', 'libs']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, String(path))))
    .filter((path) => SOURCE.test(path) && !NOT_SHIPPED.test(path));
  const found = files.sort().map((path) => [path, usesOf(root, path)] as const);
  return Object.fromEntries(found.filter(([, { uses }]) => uses.length > 0));
}

function usesOf(root: string, path: string): CryptoUses {
  const [uses, algorithms] = [new Set<string>(), new Set<string>()];
  const visit = (node: ts.Node): void => {
    // What is only of types leaves nothing behind.
    if (ts.isTypeNode(node)) return;
    for (const use of [...importsOf(root, node), ...globalsOf(node)]) uses.add(use);
    if (ts.isStringLiteralLike(node) && !isModuleName(node) && ALGORITHM.test(node.text)) algorithms.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true));
  return { uses: [...uses].sort(), algorithms: [...algorithms].sort() };
}

function importsOf(root: string, node: ts.Node): string[] {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause;
    if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
    return namesFrom(root, node.moduleSpecifier, clause?.namedBindings);
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && !node.isTypeOnly)
    return namesFrom(root, node.moduleSpecifier, node.exportClause);
  const [first] = ts.isCallExpression(node) ? node.arguments : [];
  return first !== undefined && isImportCall(node) ? namesFrom(root, first, undefined) : [];
}

function isImportCall(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  const isRequire = ts.isIdentifier(expression) && ['require', 'getBuiltinModule'].includes(expression.text);
  const isMember =
    ts.isPropertyAccessExpression(expression) && /^(?:getBuiltinModule|resolve)$/.test(expression.name.text);
  return expression.kind === ts.SyntaxKind.ImportKeyword || isRequire || isMember;
}

/** `package.name` for each name; `package` alone for all of it, and for ts-mls, of which much is used. */
function namesFrom(root: string, specifier: ts.Expression, bindings: ts.Node | undefined): string[] {
  if (!ts.isStringLiteralLike(specifier)) return [];
  const name = packageOf(specifier.text);
  if (!isCryptoPackage(root, name)) return [];
  if (bindings === undefined || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return [name];
  const taken = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
  const used = taken.map((element) => `${name}.${(element.propertyName ?? element.name).text}`);
  return name === 'ts-mls' && used.length > 0 ? [name] : used;
}

function packageOf(specifier: string): string {
  if (/^(?:node:)?crypto$/.test(specifier)) return 'node:crypto';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isCryptoPackage(root: string, name: string): boolean {
  if (/^[.#/]/.test(name)) return false;
  if (BY_NAME.test(name)) return true;
  const manifest = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(manifest)) return false;
  const { keywords = [] } = JSON.parse(readFileSync(manifest, 'utf8')) as { keywords?: string[] };
  return keywords.some((keyword) => BY_KEYWORD.test(keyword));
}

/** Of WebCrypto, by whatever name it was taken: `crypto.subtle.sign`, `crypto.getRandomValues`; and `Math.random`. */
function globalsOf(node: ts.Node): string[] {
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return ['Math.random'];
  if (!ts.isIdentifier(node) && !ts.isStringLiteralLike(node)) return [];
  if (!RANDOMNESS.has(node.text) || isImported(node)) return [];
  return [node.text === 'subtle' ? `crypto.subtle${methodAfter(node)}` : `crypto.${node.text}`];
}

function methodAfter(node: ts.Node): string {
  const { parent } = node;
  const after = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent.parent : parent;
  return ts.isPropertyAccessExpression(after) && after.name !== node ? `.${after.name.text}` : '';
}

/** Names that stand in an import are listed with their module, and so are their uses. */
function isImported(node: ts.Node): boolean {
  if (ts.isImportSpecifier(node.parent)) return true;
  const isBare =
    ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent) && !ts.isBindingElement(node.parent);
  return isBare && ts.isCallExpression(node.parent);
}

function isModuleName(node: ts.Node): boolean {
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
}
