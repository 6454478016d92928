// The pages of the HTTP API, from openapi.json: one for each tag, one for all shapes, and one that lists every route.
import { headingId } from './heading-id.mjs';
import { code, folded, heading, json, page, prose, table } from './markdown.mjs';
import { Shapes } from './shapes.mjs';

const FOLDER = 'api';
const SHAPES_PAGE = `${FOLDER}/shapes.md`;

/**
 * @param openapi the document.
 * @returns texts of pages by their paths.
 */
export function apiPages(openapi) {
  const api = new ApiReference(openapi);
  const ofTags = api.tags().map((tag) => [tagPage(tag), api.tagPage(tag)]);
  return new Map([[`${FOLDER}/index.md`, api.overview()], ...ofTags, [SHAPES_PAGE, api.shapesPage()]]);
}

/** Every route of the document, with the page and the id where it stands. */
export function routesOf({ paths }) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path}`,
      page: tagPage(operation.tags[0]),
      id: headingId(operation.operationId),
      ...operation,
    })),
  );
}

function tagPage(tag) {
  return `${FOLDER}/${headingId(tag)}.md`;
}

class ApiReference {
  constructor(openapi) {
    this.document = openapi;
    this.routes = routesOf(openapi);
    this.shapes = new Shapes(openapi.components.schemas, SHAPES_PAGE);
  }

  tags() {
    return [...new Set(this.routes.map(({ tags }) => tags[0]))].sort();
  }

  overview() {
    const { info } = this.document;
    const rows = this.routes.map(({ route, page: place, id, summary, security }) => [
      `[${code(route)}](/${place}#${id})`,
      prose(summary),
      caller(security),
    ]);
    return page(
      '# The HTTP API',
      prose(info.description),
      'Made from [openapi.json](/openapi.json), which generators of clients read; [Clients](/clients.md) says how.',
      `All ${rows.length} routes, by their paths:`,
      table(['route', 'what it does', 'for'], rows),
    );
  }

  tagPage(tag) {
    const routes = this.routes.filter(({ tags }) => tags[0] === tag);
    return page(
      `# API: ${tag}`,
      routes.map((route) => this.section(route)),
    );
  }

  shapesPage() {
    return page('# Shapes of the API', 'What bodies and answers are made of.', this.shapes.sections());
  }

  section({ route, operationId, summary, description, security, parameters = [], requestBody, responses }) {
    return page(
      heading(2, prose(summary), operationId),
      `${code(route)}, for ${caller(security)}`,
      prose(description),
      this.parameters(parameters),
      this.body(requestBody),
      this.answers(responses),
    );
  }

  parameters(parameters) {
    const rows = parameters
      .map((one) => this.resolved(one))
      .map(({ name, in: place, required, schema, description }) => [
        code(name),
        place,
        `${this.shapes.typeOf(schema)}${required ? '' : ', optional'}`,
        prose(description),
      ]);
    return table(['parameter', 'in', 'type', 'meaning'], rows);
  }

  body(requestBody) {
    if (requestBody === undefined) return undefined;
    return Object.entries(requestBody.content).map(([type, content]) =>
      page(
        `**Body** (${code(type)}): ${this.shapes.typeOf(content.schema)}`,
        content.schema.$ref && this.shapes.about(this.shapes.resolved(content.schema)),
        this.examples('Example', content),
      ),
    );
  }

  answers(responses) {
    const all = Object.entries(responses).map(([status, response]) => [status, this.resolved(response)]);
    const rows = all.map(([status, response]) => [status, prose(response.description), this.carried(response)]);
    const good = all.filter(([status]) => status.startsWith('2'));
    return page(
      table(['status', 'answer', 'body'], rows),
      good.flatMap(([status, { content = {} }]) =>
        Object.values(content).map((one) => this.examples(`Answer ${status}`, one)),
      ),
    );
  }

  carried({ content = {} }) {
    return Object.entries(content)
      .map(([type, { schema }]) => `${this.shapes.typeOf(schema)} (${code(type)})`)
      .join(' or ');
  }

  examples(title, { example, examples = {} }) {
    const all = Object.entries(examples).map(([name, one]) => [`${title}: ${name}`, this.resolved(one).value]);
    if (example !== undefined) all.unshift([title, example]);
    return all.map(([name, value]) => folded(name, json(value)));
  }

  /** What is written once for many places. */
  resolved(one) {
    if (one.$ref === undefined) return one;
    const [, , kind, name] = one.$ref.split('/');
    return this.document.components[kind][name];
  }
}

function caller(security = []) {
  return security.length === 0 ? 'everybody' : 'who is signed in';
}
