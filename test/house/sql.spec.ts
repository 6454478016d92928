import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/**
 * SQL is made of constants alone, and whatever a client sent travels beside it as a parameter. What finds rows through an
 * entity names its fields one by one, so that no object of a client ever becomes a condition.
 */

const root = resolve(__dirname, '../..');
const sources = readdirSync(join(root, 'apps/relay/src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `apps/relay/src/${file}`)
  .filter((file) => !/\.(spec|fixture)\.ts$/.test(file))
  // Passes on what stores give it, and names roles and databases of the operator's settings.
  .filter((file) => !file.startsWith('apps/relay/src/platform/database/'));

const FINDERS =
  /^(find|count|exists?|update|delete|softDelete|restore|increment|decrement|sum)(One|By|OneBy|AndCount|OrFail|OneOrFail)*$/;

/** Every statement and condition in a file that is not made as it should be. */
function mistakesIn(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const note = (node: ts.Node, what: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${name}:${line + 1}: ${what}`);
  };
  visit(file, (node) => {
    const sql = sqlIn(node);
    if (sql !== undefined && !isConstant(sql, file)) note(sql, 'SQL that is not constant');
    if (isRawBuilder(node)) note(node, 'SQL by a query builder');
    const criteria = criteriaIn(node);
    if (criteria !== undefined && !namesFields(criteria, file)) note(criteria, 'conditions that are not named');
  });
  return found;
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

const methodOf = (node: ts.Node): string | undefined =>
  ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : undefined;

/** What is given a statement as an object with a `text`, and as which argument. */
const PREPARING = new Map([
  ['prepared', 0],
  ['preparedWithin', 1],
  ['preparedInTurn', 1],
]);

/** The text of a statement. */
function sqlIn(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  if (methodOf(node) === 'query') return first;
  const query = node.arguments[PREPARING.get(methodOf(node) ?? '') ?? -1];
  return query !== undefined && ts.isObjectLiteralExpression(query) ? (valueOf(query, 'text') ?? query) : query;
}

function valueOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (property.name?.getText() !== name) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

/** Made of literals alone: itself, or by names and functions of the same file that are. */
function isConstant(node: ts.Expression, file: ts.SourceFile): boolean {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isNumericLiteral(node)) return true;
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isConstant(expression, file));
  if (ts.isConditionalExpression(node)) return isConstant(node.whenTrue, file) && isConstant(node.whenFalse, file);
  if (ts.isIdentifier(node)) return isConstantName(node.text, file);
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return false;
  return isConstantFunction(node.expression.text, file) && node.arguments.every((one) => isConstant(one, file));
}

function isConstantName(name: string, file: ts.SourceFile): boolean {
  const declared = declarationsIn(file, ts.isVariableDeclaration).filter((one) => one.name.getText() === name);
  return (
    declared.length > 0 &&
    declared.every(({ parent, initializer }) => {
      const isConst = ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.Const) !== 0;
      return isConst && initializer !== undefined && isConstant(initializer, file);
    })
  );
}

/** A function that returns its own constants and its parameters, of which every caller gives constants. */
function isConstantFunction(name: string, file: ts.SourceFile): boolean {
  return declarationsIn(file, ts.isFunctionDeclaration)
    .filter((one) => one.name?.text === name && one.modifiers === undefined)
    .some(({ parameters, body }) => {
      const [statement, ...more] = body?.statements ?? [];
      if (statement === undefined || more.length > 0 || !ts.isReturnStatement(statement)) return false;
      const names = parameters.map((parameter) => parameter.name.getText());
      const { expression: returned } = statement;
      if (returned === undefined || !ts.isTemplateExpression(returned)) return false;
      return returned.templateSpans.every(
        ({ expression }) => names.includes(expression.getText()) || isConstant(expression, file),
      );
    });
}

function declarationsIn<T extends ts.Node>(file: ts.SourceFile, isKind: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  visit(file, (node) => {
    if (isKind(node)) found.push(node);
  });
  return found;
}

const isRawBuilder = (node: ts.Node): boolean => /^(createQueryBuilder|whereInIds)$/.test(methodOf(node) ?? '');

/** The conditions of what a repository is asked for. */
function criteriaIn(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const asked = node.expression.expression.getText();
  if (!/repository\b.*\(.*\)$/i.test(asked) && !asked.endsWith('manager')) return undefined;
  return FINDERS.test(node.expression.name.text) ? node.arguments[0] : undefined;
}

/** An object whose fields are written out, as are those of its `where`. */
function namesFields(node: ts.Expression, file: ts.SourceFile): boolean {
  if (ts.isIdentifier(node)) {
    const declared = declarationsIn(file, ts.isVariableDeclaration).filter((one) => one.name.getText() === node.text);
    return (
      declared.length > 0 &&
      declared.every(({ initializer }) => initializer !== undefined && namesFields(initializer, file))
    );
  }
  if (ts.isConditionalExpression(node)) return namesFields(node.whenTrue, file) && namesFields(node.whenFalse, file);
  if (!ts.isObjectLiteralExpression(node)) return false;
  const isWrittenOut = node.properties.every(
    (one) => ts.isPropertyAssignment(one) || ts.isShorthandPropertyAssignment(one),
  );
  const where = valueOf(node, 'where');
  return isWrittenOut && (where === undefined || namesFields(where, file));
}

describe('the relay', () => {
  it('makes SQL of constants alone, and names each field that it finds rows by (C-28)', () => {
    expect(sources.length).toBeGreaterThan(100);
    const found = sources.flatMap((file) => mistakesIn(file, readFileSync(join(root, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it('has statements and conditions that were looked at', () => {
    const looked = sources.map((file) => {
      const tree = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
      const counts = { sql: 0, criteria: 0 };
      visit(tree, (node) => {
        if (sqlIn(node) !== undefined) counts.sql++;
        if (criteriaIn(node) !== undefined) counts.criteria++;
      });
      return counts;
    });
    const sum = (of: 'sql' | 'criteria'): number => looked.reduce((total, counts) => total + counts[of], 0);
    expect([sum('sql') > 40, sum('criteria') > 8]).toEqual([true, true]);
  });
});

describe('a planted violation is found', () => {
  it.each([
    "db.query(`SELECT * FROM accounts WHERE username = '${name}'`);",
    "db.query('SELECT * FROM accounts WHERE username = ' + name);",
    'const sql = `SELECT ${column}`; db.query(sql);',
    "let sql = 'SELECT 1'; sql += name; db.query(sql);",
    'function find(sql: string) { return db.query(sql); }',
    'function made(name: string) { return `SELECT ${name}`; } db.query(made(request.name));',
    "function made(name: string) { return name; } db.query(made('x'));",
    "db.query(['SELECT', name].join(' '));",
    "db.query('SELECT x'.replace('x', name));",
    "db.prepared({ name: 'x', text: `SELECT ${name}`, values: [] });",
    'db.prepared(body);',
    "db.preparedInTurn(lock, { name: 'x', text: `SELECT ${name}`, values: [] });",
    "db.createQueryBuilder().where('id = ' + id);",
    'this.repository().findOneBy(body);',
    'this.repository().findOneBy({ ...body });',
    'this.repository().findOne({ where: body.where });',
    'this.repository().findOne({ where: { ...query, id } });',
    'manager.getRepository(Account).update(body, change);',
    'manager.getRepository(Account).delete(request.id);',
    'manager.getRepository(Account).find(query);',
  ])('%s', (source) => {
    expect(mistakesIn('planted.ts', source)).toHaveLength(1);
  });

  it.each([
    "db.query('SELECT * FROM accounts WHERE username = $1', [name]);",
    'const SQL = `SELECT ${COLUMNS}`; const COLUMNS = "a, b"; db.query(SQL, [name]);',
    'db.query(made("a = $1"), [name]); function made(condition: string) { return `SELECT 1 WHERE ${condition}`; }',
    "db.prepared({ name: 'x', text: 'SELECT $1', values: [name] });",
    "const MOST = 25; db.preparedInTurn(lock, { name: 'x', text: `SELECT $1 LIMIT ${MOST}`, values: [name] });",
    'this.repository().findOneBy({ username, status: "active" });',
    'this.repository().findOne({ where: { accountId }, order: { version: "DESC" } });',
  ])('and what is as it should be is not: %s', (source) => {
    expect(mistakesIn('clean.ts', source)).toEqual([]);
  });
});
