// The pages of the socket, from asyncapi.json: what it is, what clients send, what the relay pushes, and all shapes.
import { headingId } from './heading-id.mjs';
import { code, folded, heading, json, page, prose, table } from './markdown.mjs';
import { Shapes } from './shapes.mjs';

const FOLDER = 'events';
const SHAPES_PAGE = `${FOLDER}/shapes.md`;
/** An operation is named from the relay's point of view. */
const PAGES = { receive: `${FOLDER}/from-clients.md`, send: `${FOLDER}/from-the-relay.md` };

/**
 * @param asyncapi the document.
 * @returns texts of pages by their paths.
 */
export function eventPages(asyncapi) {
  const reference = new EventReference(asyncapi);
  return new Map([
    [`${FOLDER}/index.md`, reference.overview()],
    [PAGES.receive, reference.actionPage('receive', '# Events from clients')],
    [PAGES.send, reference.actionPage('send', '# Events from the relay')],
    [SHAPES_PAGE, page('# Shapes of events', 'What events and answers are made of.', reference.shapes.sections())],
  ]);
}

/** Every event of the document, with the page and the id where it stands. */
export function eventsOf({ operations }) {
  return Object.entries(operations).map(([name, operation]) => ({
    name,
    page: PAGES[operation.action],
    id: headingId(name),
    ...operation,
  }));
}

class EventReference {
  constructor(asyncapi) {
    this.document = asyncapi;
    this.events = eventsOf(asyncapi);
    this.shapes = new Shapes(asyncapi.components.schemas, SHAPES_PAGE);
  }

  overview() {
    const { info, channels } = this.document;
    const { socket } = channels;
    const rows = this.events.map(({ title, page: place, id, summary, action }) => [
      `[${code(title)}](/${place}#${id})`,
      prose(summary),
      action === 'receive' ? 'clients' : 'the relay',
    ]);
    return page(
      '# Events of the socket',
      prose(info.description),
      'Made from [asyncapi.json](/asyncapi.json).',
      table(['event', 'what it does', 'sent by'], rows),
      heading(2, prose(socket.title), 'socket'),
      prose(socket.description),
      this.handshake(socket['x-handshake']),
    );
  }

  handshake({ auth, refusals }) {
    return page(
      heading(2, 'The handshake', 'handshake'),
      `A client gives ${this.shapes.typeOf(auth)} as ${code('auth')} when it connects. It may be refused:`,
      this.refusals(refusals),
    );
  }

  actionPage(action, title) {
    const events = this.events.filter((event) => event.action === action);
    return page(
      title,
      events.map((event) => this.section(event)),
    );
  }

  section({ name, title, summary, description, messages, reply, 'x-limits': limits = [] }) {
    const [accepted, refused] = (reply?.messages ?? []).map((message) => this.message(message));
    return page(
      heading(2, code(title), name),
      `${prose(summary)}.`,
      prose(description),
      messages.map((message) => this.payload('Payload', this.message(message))),
      accepted && this.payload('Acknowledged with', accepted),
      refused && page('Or refused:', this.refusals(refused.examples)),
      table(['limit', 'of what', 'at once', 'full again after'], limits.map(limitRow)),
    );
  }

  payload(label, { payload, examples }) {
    return page(
      `**${label}** ${this.shapes.typeOf(payload)}`,
      this.shapes.about(this.shapes.resolved(payload)),
      examples.map(({ summary, payload: shown }) => folded(summary, json(shown))),
    );
  }

  refusals(examples) {
    const rows = examples.map(({ name, summary, payload }) => [
      code(name),
      String((payload.error ?? payload).status),
      prose(summary),
    ]);
    return page(
      table(['code', 'status', 'when'], rows),
      folded(
        'What each of them says',
        examples.map(({ payload }) => json(payload)),
      ),
    );
  }

  /** A channel refers to the message that it carries. */
  message({ $ref }) {
    return this.document.components.messages[$ref.split('/').at(-1)];
  }
}

function limitRow({ id, about, burst, refillSeconds }) {
  return [code(id), about, burst.toLocaleString('en'), `${refillSeconds.toLocaleString('en')} s`];
}
