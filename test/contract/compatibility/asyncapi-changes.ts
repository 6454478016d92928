import { majorOf, type Versioned, Versions } from './document.js';
import { type Fit, misfits, type Resolve, type Schema } from './schema-fit.js';

type Named<T> = Readonly<Record<string, T>>;

interface Reference {
  readonly $ref: string;
}

interface Message {
  readonly name?: string;
  readonly payload?: Schema;
}

interface Channel {
  readonly address?: string;
  readonly bindings?: { readonly ws?: { readonly query?: Schema } };
  /** What the client gives when it connects, and what it is told when it is refused. */
  readonly 'x-handshake'?: { readonly auth: Schema; readonly refusal: Schema };
}

interface Operation {
  /** From the point of view of the relay: it receives what clients send. */
  readonly action: 'send' | 'receive';
  readonly channel: Reference;
  readonly messages: readonly Reference[];
  readonly reply?: { readonly messages: readonly Reference[] };
}

/** An AsyncAPI document. */
export interface EventDocument extends Versioned {
  readonly channels: Named<Channel>;
  readonly operations: Named<Operation>;
}

/**
 * What of a document of events breaks a client that was made for an earlier one, in words: nothing when all of it goes on
 * working, or when the major version says that it need not. New events break nobody: a client does not send them, and passes
 * over those it hears.
 */
export function breakingEventChanges(before: EventDocument, after: EventDocument): string[] {
  if (majorOf(after) > majorOf(before)) return [];
  const comparison = new Comparison(before, after);
  return [
    ...Object.entries(before.channels).flatMap(([name, channel]) =>
      comparison.channel(name, channel, after.channels[name]),
    ),
    ...Object.entries(before.operations).flatMap(([id, one]) => comparison.operation(id, one, after.operations[id])),
  ];
}

class Comparison extends Versions {
  channel(name: string, before: Channel, after: Channel | undefined): string[] {
    if (after === undefined) return [`channel ${name}: is gone`];
    const [was, is] = [before['x-handshake'], after['x-handshake']];
    return [
      ...(before.address === after.address ? [] : [`channel ${name}: is at ${after.address ?? 'no address'} now`]),
      ...misfits(queryOf(before), queryOf(after), `channel ${name} query`, this.sent),
      ...misfits(was?.auth ?? NOTHING, is?.auth ?? NOTHING, `channel ${name} handshake`, this.sent),
      ...misfits(is?.refusal ?? {}, was?.refusal ?? {}, `channel ${name} refused handshake`, this.heard),
    ];
  }

  operation(id: string, before: Operation, after: Operation | undefined): string[] {
    if (after === undefined) return [`${id}: is gone`];
    if (before.action !== after.action) return [`${id}: is sent the other way now`];
    return [
      ...(before.channel.$ref === after.channel.$ref ? [] : [`${id}: goes over another channel now`]),
      ...this.messages(id, before, after, before.action === 'receive' ? this.sent : this.heard),
      ...this.messages(`${id} reply`, before.reply, after.reply, this.heard),
    ];
  }

  /** Each by its place in the document, which is its name there. Another kind of answer is one that nobody waits for. */
  private messages(at: string, before: Operation['reply'], after: Operation['reply'], fit: Fit): string[] {
    const [was, is] = [this.named(before, this.inBefore), this.named(after, this.inAfter)];
    const added = fit === this.heard ? [...is.keys()].filter((name) => !was.has(name)) : [];
    return [
      ...added.map((name) => `${at} ${name}: was not there`),
      ...[...was].flatMap(([name, message]) => this.message(`${at} ${name}`, message, is.get(name), fit)),
    ];
  }

  private named(list: Operation['reply'], resolve: Resolve): Map<string, Message> {
    const references = list?.messages ?? [];
    return new Map(references.map(({ $ref }) => [$ref.split('/').at(-1) ?? '', resolve({ $ref }) as Message]));
  }

  private message(at: string, before: Message, after: Message | undefined, fit: Fit): string[] {
    if (after === undefined) return [`${at}: is gone`];
    const [was, is] = [before.payload ?? {}, after.payload ?? {}];
    return [
      ...(before.name === after.name ? [] : [`${at}: is called ${after.name ?? 'nothing'} now`]),
      ...(fit === this.sent ? misfits(was, is, at, fit) : misfits(is, was, at, fit)),
    ];
  }
}

const NOTHING: Schema = { type: 'object', properties: {} };

function queryOf({ bindings }: Channel): Schema {
  return bindings?.ws?.query ?? NOTHING;
}
