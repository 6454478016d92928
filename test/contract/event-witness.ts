import { ONLY_TODAYS_VALUES } from '#testing';
import { Ajv, type MacroKeywordDefinition, type ValidateFunction } from 'ajv';
import { isBase64Url } from '../../apps/relay/src/platform/http/shape-validator.js';
import type { AsyncApiDocument, Message, Operation } from '../../apps/relay/src/gateway/asyncapi/asyncapi-document.js';

type Ask = (event: string, body: unknown) => Promise<Answer>;
type Listen = (listener: (event: string, ...args: unknown[]) => void) => unknown;

export interface Answer {
  readonly ok: boolean;
  readonly error?: { readonly code: string };
}

/** Holds what goes over sockets against an AsyncAPI document, and remembers which of it was seen. */
export class EventWitness {
  /** What was not as the document says. */
  readonly mistakes: string[] = [];
  private readonly seen = new Set<string>();
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly ajv: Ajv;

  constructor(private readonly document: AsyncApiDocument) {
    this.ajv = new Ajv({ strict: false, allErrors: true, formats: { int64: true } });
    this.ajv.addKeyword(ONLY_TODAYS_VALUES).addKeyword(ONLY_TODAYS_CODES);
    this.ajv.addFormat('base64url', isBase64Url).addFormat('uuid', true);
    this.ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    this.ajv.addSchema({ $id: DOCUMENT, components: { schemas: closed(document.components.schemas) } });
  }

  /** Everything that a socket hears. */
  watch(listen: Listen): void {
    listen((event, ...args) => this.heard(event, args));
  }

  /** Sends an event; what is sent has to be as documented if the relay takes it, and so has what it answers. */
  async ask(ask: Ask, event: string, body: unknown): Promise<Answer> {
    const { messages, reply } = this.operation('receive', event) ?? {};
    const answer = await ask(event, body);
    const [sent] = this.names(messages);
    const [accepted, refused] = this.names(reply?.messages);
    if (answer.ok) {
      this.check(sent, body, event);
      this.check(accepted, answer, event);
    } else {
      this.check(refused, answer, event);
      this.seen.add(codeOf(refused, answer.error?.code));
    }
    return answer;
  }

  /** What a refused handshake was told. */
  refusedHandshake(problem: { readonly code: string }): void {
    const { refusal } = this.document.channels.socket['x-handshake'];
    this.validate(refusal, problem, 'handshake');
    this.seen.add(codeOf('handshake', problem.code));
  }

  /** What the document has, and nobody saw: a message, or a code that an event or the handshake may be refused with. */
  unseen(): string[] {
    const refusals: [string, readonly { readonly name?: string }[]][] = [
      ['handshake', this.document.channels.socket['x-handshake'].refusals],
      ...Object.entries(this.document.components.messages)
        .filter(([name]) => name.endsWith('Refused'))
        .map(([name, { examples }]): [string, Message['examples']] => [name, examples]),
    ];
    const codes = refusals.flatMap(([name, examples]) => examples.map((example) => codeOf(name, example.name)));
    return [...Object.keys(this.document.components.messages), ...codes].filter((name) => !this.seen.has(name));
  }

  private heard(event: string, args: readonly unknown[]): void {
    const [pushed] = this.names(this.operation('send', event)?.messages);
    this.check(pushed, args[0], event);
    if (args.length !== 1) this.mistakes.push(`${event} came with ${String(args.length)} arguments`);
  }

  private check(name: string | undefined, payload: unknown, event: string): void {
    const message = name === undefined ? undefined : this.document.components.messages[name];
    if (name === undefined || message === undefined) {
      this.mistakes.push(`${event} is not in the document`);
      return;
    }
    this.seen.add(name);
    this.validate(message.payload, payload, name);
  }

  private validate({ $ref }: { readonly $ref: string }, payload: unknown, what: string): void {
    const validate = this.validators.get($ref) ?? this.ajv.compile({ $ref: `${DOCUMENT}${$ref}` });
    this.validators.set($ref, validate);
    validate(payload);
    this.mistakes.push(...mistakesOf(validate).map((mistake) => `${what}${mistake}`));
  }

  private operation(action: Operation['action'], event: string): Operation | undefined {
    return Object.values(this.document.operations).find((one) => one.action === action && one.title === event);
  }

  private names(references: Operation['messages'] = []): string[] {
    return references.map(({ $ref }) => $ref.split('/').at(-1)!);
  }
}

const DOCUMENT = 'urn:sealpost:events';

const ONLY_TODAYS_CODES = {
  keyword: 'x-problem-codes',
  type: 'object',
  schemaType: 'array',
  macro: (codes: readonly string[]) => ({ properties: { code: { enum: codes } } }),
} as const satisfies MacroKeywordDefinition;

/** Lets nothing pass that is not documented. */
function closed(schemas: AsyncApiDocument['components']['schemas']): object {
  const entries = Object.entries(schemas).map(([name, schema]) => [
    name,
    schema.properties === undefined ? schema : { ...schema, additionalProperties: false },
  ]);
  return Object.fromEntries(entries);
}

function codeOf(name = 'event', code = 'none'): string {
  return `${name} with ${code}`;
}

function mistakesOf({ errors }: ValidateFunction): string[] {
  // A keyword of ours stands for one that says what is wrong.
  const told = (errors ?? []).filter(({ keyword }) => !keyword.startsWith('x-'));
  return told.map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
}
