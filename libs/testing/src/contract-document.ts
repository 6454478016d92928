import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MacroKeywordDefinition } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Reference {
  readonly $ref: string;
}

type Named<T> = Readonly<Record<string, T>>;

export interface DocumentedHeader {
  readonly required?: boolean;
  readonly schema: object;
}

export interface DocumentedResponse {
  readonly headers?: Named<DocumentedHeader | Reference>;
  readonly content?: Named<{ readonly schema: object }>;
  readonly 'x-problem-codes'?: readonly string[];
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly responses: Named<DocumentedResponse | Reference>;
}

/** An OpenAPI document, as far as answers are held against it. */
export interface OpenApi {
  readonly paths: Named<Named<DocumentedOperation>>;
  readonly components: Named<Named<object>> & { readonly schemas: Named<object> };
}

/** Clients have to take a value that they do not know; the relay of today has none that is not documented. */
export const ONLY_TODAYS_VALUES = {
  keyword: 'x-extensible-enum',
  type: 'string',
  schemaType: 'array',
  macro: (values: readonly string[]) => ({ enum: values }),
} as const satisfies MacroKeywordDefinition;

const DOCUMENT_ID = 'urn:sealpost:contract';

/** What an OpenAPI document says, asked by method and path. Its schemas are taken to be complete: nothing else may be there. */
export class ContractDocument {
  private readonly validators = new Map<object, ValidateFunction>();
  private readonly routes: readonly { readonly path: RegExp; readonly methods: Named<DocumentedOperation> }[];
  private readonly ajv: Ajv2020;

  constructor(private readonly document: OpenApi) {
    this.ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
    this.ajv.addKeyword(ONLY_TODAYS_VALUES);
    this.ajv.addSchema({ $id: DOCUMENT_ID, ...closed(document) });
    // "/keys/me" is also a "/keys/{username}": fewer parameters win, as they do in the relay.
    this.routes = Object.entries(document.paths)
      .sort(([one], [other]) => one.split('{').length - other.split('{').length)
      .map(([template, methods]) => ({ path: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`), methods }));
  }

  /** The document that is committed. */
  static committed(): ContractDocument {
    return (committed ??= new ContractDocument(
      JSON.parse(readFileSync(join(import.meta.dirname, '../../../openapi.json'), 'utf8')) as OpenApi,
    ));
  }

  operations(): DocumentedOperation[] {
    return this.routes.flatMap(({ methods }) => Object.values(methods));
  }

  /** What a request asks for, if the document has it. A HEAD that it has nothing of is answered as the GET would be. */
  operation(method: string, path: string): DocumentedOperation | undefined {
    const find = (name: string): DocumentedOperation | undefined =>
      this.routes.find(({ path: pattern, methods }) => pattern.test(path) && name in methods)?.methods[name];
    return find(method.toLowerCase()) ?? (method === 'HEAD' ? find('get') : undefined);
  }

  /** What stands for a value, or where it refers to. */
  resolve<T extends object>(value: T | Reference): T {
    if (!('$ref' in value)) return value;
    const steps = value.$ref.slice('#/'.length).split('/');
    return steps.reduce<unknown>((within, step) => (within as Named<unknown>)[step], this.document) as T;
  }

  /** What is wrong with a value, by a schema of the document. */
  mistakes(schema: object, value: unknown): string[] {
    let validate = this.validators.get(schema);
    if (validate === undefined) this.validators.set(schema, (validate = this.ajv.compile(this.absolute(schema))));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  private absolute(schema: object): object {
    const text = JSON.stringify(closed(schema));
    return JSON.parse(text.replaceAll('"#/components', `"${DOCUMENT_ID}#/components`)) as object;
  }
}

let committed: ContractDocument | undefined;

const FORMATS = {
  uuid: true,
  int64: true,
  base64url: /^[\w-]*$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
} as const;

/** The same with nothing let through that is not named: what a client may ignore, a relay may still not send. */
function closed(value: object): object {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    const isShape = typeof part === 'object' && part !== null && 'properties' in part && 'type' in part;
    return isShape && [part.type].flat().includes('object') ? { additionalProperties: false, ...part } : part;
  }) as object;
}
