/** The parts of an AsyncAPI 3.0 document that the relay's has. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly id: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: License;
  };
  readonly defaultContentType: string;
  readonly servers: Readonly<Record<string, Server>>;
  readonly channels: { readonly socket: Channel };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: Components;
}

interface License {
  readonly name: string;
  readonly url: string;
}

interface Server {
  readonly host: string;
  readonly protocol: 'ws' | 'wss';
  readonly description: string;
  readonly security: readonly Reference[];
}

export interface Reference {
  readonly $ref: string;
}

export interface Channel {
  readonly address: string;
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly servers: readonly Reference[];
  readonly messages: Readonly<Record<string, Reference>>;
  readonly bindings: { readonly ws: object };
  /** What the client gives when it connects, and what it is told when it is refused: no event, and so no message. */
  readonly 'x-handshake': Handshake;
}

export interface Handshake {
  readonly auth: Reference;
  readonly refusal: Reference;
  readonly refusals: readonly MessageExample[];
}

export interface Operation {
  /** From the relay's point of view: it receives what clients send. */
  readonly action: 'send' | 'receive';
  readonly channel: Reference;
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Reference[];
  readonly messages: readonly Reference[];
  readonly reply?: { readonly channel: Reference; readonly messages: readonly Reference[] };
  readonly 'x-limits'?: readonly DocumentedLimit[];
}

export interface DocumentedLimit {
  readonly id: string;
  readonly about: string;
  readonly burst: number;
  readonly refillSeconds: number;
}

export interface Message {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly contentType: string;
  readonly payload: Reference;
  readonly examples: readonly MessageExample[];
}

export interface MessageExample {
  readonly name?: string;
  readonly summary: string;
  readonly payload: object;
}

export interface Components {
  readonly messages: Readonly<Record<string, Message>>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly securitySchemes: { readonly accessToken: SecurityScheme };
}

interface SecurityScheme {
  readonly type: 'apiKey';
  readonly in: 'password';
  readonly description: string;
}

/** JSON Schema draft 7, as far as the document uses it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  /** The values there are today, of a text that may have others tomorrow. */
  readonly 'x-extensible-enum'?: readonly string[];
  /** Of a problem: the codes that it may have here. */
  readonly 'x-problem-codes'?: readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly examples?: readonly unknown[];
}

export function schemaRef(name: string): Reference {
  return { $ref: `#/components/schemas/${name}` };
}

export function messageRef(name: string): Reference {
  return { $ref: `#/components/messages/${name}` };
}
