import type {
  AsyncApiDocument,
  DocumentedLimit,
  JsonSchema,
  Message,
  MessageExample,
  Operation,
  Reference,
} from '../asyncapi-document.js';
import { inline, Markup, markup, prose } from './markup.js';
import { schemaFields, shapeId, shapesWithin } from './schema-fields.js';
import { STYLE } from './style.js';

/** A seal. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%239b2c35'/%3E%3Cpath d='M5 8l2 2 4-4' fill='none' stroke='%23fff' stroke-width='1.6'/%3E%3C/svg%3E";

interface NamedOperation extends Operation {
  readonly id: string;
}

/** The document for people: one page, without scripts, and without anything that it would have to fetch. */
export function eventsPage(document: AsyncApiDocument): string {
  const { title } = document.info;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#events">To the events</a>
<div class="frame">
<header>
<h1>${title}</h1>
<p>Protocol version ${document.info.version} · <a href="/docs">HTTP routes</a> · <a href="/asyncapi.json">AsyncAPI document</a></p>
</header>
<div class="columns">
${contents(document)}
</div>
</div>
</body>
</html>
`;
  return page.text;
}

function contents(document: AsyncApiDocument): Markup {
  const operations = Object.entries(document.operations).map(([id, operation]) => ({ id, ...operation }));
  const received = operations.filter(({ action }) => action === 'receive');
  const sent = operations.filter(({ action }) => action === 'send');
  return markup`${navigation(received, sent)}
<main id="events">
${prose(document.info.description)}
<section><h2 id="connecting">Connecting</h2>
${connecting(document)}</section>
<section><h2>From the client</h2>
${received.map((one) => clientEvent(document, one))}</section>
<section><h2>From the relay</h2>
${sent.map((one) => pushedEvent(document, one))}</section>
<section><h2 id="shapes">Shapes</h2>
${shapes(document)}</section>
</main>`;
}

function navigation(received: readonly NamedOperation[], sent: readonly NamedOperation[]): Markup {
  const list = (operations: readonly NamedOperation[]): Markup =>
    markup`<ul>${operations.map(({ id, title }) => markup`<li><a href="#${id}"><code>${title}</code></a></li>`)}</ul>`;
  return markup`<nav aria-label="Events">
<ul><li><a href="#connecting">Connecting</a></li><li><a href="#shapes">Shapes</a></li></ul>
<h2>From the client</h2>${list(received)}
<h2>From the relay</h2>${list(sent)}
</nav>`;
}

function connecting({ channels: { socket }, components }: AsyncApiDocument): Markup {
  const { auth, refusals } = socket['x-handshake'];
  return markup`<article>
<h3><code>${socket.address}</code></h3>
<p class="lead">${socket.summary}</p>
${prose(socket.description)}
${prose(components.securitySchemes.accessToken.description)}
<h4>The handshake’s auth</h4>
${schemaFields(schemaAt(components.schemas, auth))}
${refusalList(refusals)}
</article>
`;
}

function clientEvent(document: AsyncApiDocument, operation: NamedOperation): Markup {
  const [body] = messagesOf(document, operation.messages);
  const [accepted, refused] = messagesOf(document, operation.reply?.messages ?? []);
  return markup`<article id="${operation.id}">
${heading(operation)}
<h4>Body</h4>
${body && message(document, body)}
<h4>Acknowledged with</h4>
${accepted && message(document, accepted)}
${refused && refusalList(refused.examples)}
</article>
`;
}

function pushedEvent(document: AsyncApiDocument, operation: NamedOperation): Markup {
  return markup`<article class="push" id="${operation.id}">
${heading(operation)}
<h4>Payload</h4>
${messagesOf(document, operation.messages).map((one) => message(document, one))}
</article>
`;
}

function heading({ id, title, summary, description, security, 'x-limits': limits = [] }: NamedOperation): Markup {
  const access = security.length > 0 ? markup`<li>needs an access token</li>` : markup`<li>open to everyone</li>`;
  return markup`<h3><a href="#${id}"><code>${title}</code></a></h3>
<p class="lead">${summary}</p>
${prose(description)}<ul class="facts">${access}${limits.map(limit)}</ul>`;
}

function limit({ about, burst, refillSeconds }: DocumentedLimit): Markup {
  const [count, seconds] = [burst.toLocaleString('en'), refillSeconds.toLocaleString('en')];
  return markup`<li>${count} ${about}, full again after ${seconds} s</li>`;
}

/** Shapes that others are made of; those of whole messages stand with their events. */
function shapes({ components: { schemas } }: AsyncApiDocument): Markup[] {
  const inner = new Set(Object.values(schemas).flatMap(shapesWithin));
  return Object.entries(schemas)
    .filter(([name]) => inner.has(name))
    .map(
      ([name, schema]) => markup`<article id="${shapeId(name)}">
<h3><code>${name}</code></h3>
${schemaFields(schema)}
</article>
`,
    );
}

function message({ components }: AsyncApiDocument, { payload, examples }: Message): Markup {
  return markup`${schemaFields(schemaAt(components.schemas, payload))}
${exampleList(examples)}`;
}

function exampleList(examples: readonly MessageExample[]): Markup {
  const figures = examples.map(
    ({ summary, payload }) => markup`<figure><figcaption>${inline(summary)}</figcaption>
<pre tabindex="0">${JSON.stringify(payload, null, 2)}</pre></figure>
`,
  );
  return markup`<details><summary>${examples.length === 1 ? 'Example' : `${examples.length} examples`}</summary>
${figures}</details>`;
}

function refusalList(refusals: readonly MessageExample[]): Markup {
  const codes = refusals.map(
    ({ name, summary }) => markup`<div><dt><code>${name}</code></dt><dd>${inline(summary)}</dd></div>
`,
  );
  return markup`<h4>May be refused with</h4>
<dl class="codes">
${codes}</dl>
${exampleList(refusals)}`;
}

function schemaAt(schemas: AsyncApiDocument['components']['schemas'], { $ref }: Reference): JsonSchema {
  return schemas[lastPart($ref)] ?? {};
}

function messagesOf({ components }: AsyncApiDocument, references: readonly Reference[]): Message[] {
  return references.flatMap(({ $ref }) => components.messages[lastPart($ref)] ?? []);
}

function lastPart($ref: string): string {
  return $ref.split('/').at(-1) ?? '';
}
