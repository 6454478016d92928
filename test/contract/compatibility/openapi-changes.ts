import { majorOf, type Versioned, Versions } from './document.js';
import { misfits, type Resolve, type Schema } from './schema-fit.js';

type Named<T> = Readonly<Record<string, T>>;

interface Media {
  readonly schema?: Schema;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Header {
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Body {
  readonly required?: boolean;
  readonly content: Named<Media>;
}

interface Response {
  readonly headers?: Named<Header>;
  readonly content?: Named<Media>;
}

interface Operation {
  readonly operationId?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses: Named<Response>;
}

/** An OpenAPI document. */
export interface Document extends Versioned {
  readonly paths: Named<Named<Operation>>;
}

/**
 * What of a document breaks a client that was made for an earlier one, in words: nothing when all of it goes on working, or
 * when the major version says that it need not.
 */
export function breakingChanges(before: Document, after: Document): string[] {
  if (majorOf(after) > majorOf(before)) return [];
  const comparison = new Comparison(before, after);
  return operationsOf(before).flatMap(([path, method, operation]) =>
    comparison.operation(`${method.toUpperCase()} ${path}`, operation, after.paths[path]?.[method]),
  );
}

function operationsOf({ paths }: Document): [string, string, Operation][] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
  );
}

class Comparison extends Versions {
  operation(at: string, before: Operation, after: Operation | undefined): string[] {
    if (after === undefined) return [`${at}: is gone`];
    return [
      ...(before.operationId === after.operationId ? [] : [`${at}: is called ${after.operationId ?? 'nothing'} now`]),
      ...this.security(at, before, after),
      ...this.parameters(at, before.parameters ?? [], after.parameters ?? []),
      ...this.body(`${at} body`, before.requestBody, after.requestBody),
      ...this.responses(at, before.responses, after.responses),
    ];
  }

  /** Whatever let a client in must go on letting it in. */
  private security(at: string, { security: before = [] }: Operation, { security: after = [] }: Operation): string[] {
    const open = JSON.stringify({});
    const ways = (list: readonly object[]): string[] =>
      list.length === 0 ? [open] : list.map((one) => JSON.stringify(one));
    const now = ways(after);
    const lost = now.includes(open) ? [] : ways(before).filter((way) => !now.includes(way));
    return lost.map((way) => `${at}: does not let in with ${way} any more`);
  }

  private parameters(at: string, before: readonly Parameter[], after: readonly Parameter[]): string[] {
    const known = new Map(before.map((one) => this.keyed(this.inBefore, one)));
    const now = new Map(after.map((one) => this.keyed(this.inAfter, one)));
    const added = [...now].filter(([key, { required = false }]) => required && known.get(key)?.required !== true);
    return [
      ...added.map(([key]) => `${at} ${key}: is needed now`),
      ...[...known].flatMap(([key, { schema = {} }]) => {
        const other = now.get(key);
        if (other === undefined) return [`${at} ${key}: is gone`];
        return misfits(schema, other.schema ?? {}, `${at} ${key}`, this.sent);
      }),
    ];
  }

  private keyed(resolve: Resolve, parameter: Parameter): [string, Parameter] {
    const whole = wholeOf(resolve, parameter);
    return [`${whole.in} ${whole.name}`, whole];
  }

  private body(at: string, given: Body | undefined, other: Body | undefined): string[] {
    const before = given && wholeOf(this.inBefore, given);
    const after = other && wholeOf(this.inAfter, other);
    if (before === undefined) return after?.required === true ? [`${at}: is needed now`] : [];
    if (after === undefined) return [`${at}: is gone`];
    return [
      ...(after.required === true && before.required !== true ? [`${at}: is needed now`] : []),
      ...Object.entries(before.content).flatMap(([type, { schema = {} }]) => {
        const media = after.content[type];
        return media === undefined
          ? [`${at}: is not taken as ${type} any more`]
          : misfits(schema, media.schema ?? {}, at, this.sent);
      }),
    ];
  }

  /** New refusals do not break: clients know them by their class. Another way to succeed is one that nobody waits for. */
  private responses(at: string, before: Named<Response>, after: Named<Response>): string[] {
    const successes = Object.keys(after).filter((status) => status.startsWith('2') && !(status in before));
    return [
      ...successes.map((status) => `${at} ${status}: is a success that was not there`),
      ...Object.entries(before).flatMap(([status, response]) => {
        const other = after[status];
        if (other === undefined) return [`${at} ${status}: is gone`];
        return this.response(`${at} ${status}`, wholeOf(this.inBefore, response), wholeOf(this.inAfter, other));
      }),
    ];
  }

  private response(at: string, before: Response, after: Response): string[] {
    const [was, is] = [before.content ?? {}, after.content ?? {}];
    const lost = Object.keys(was).filter((type) => !(type in is));
    const added = Object.keys(is).filter((type) => !(type in was));
    return [
      ...lost.map((type) => `${at}: is not answered as ${type} any more`),
      ...added.map((type) => `${at}: may be answered as ${type} now`),
      ...Object.entries(is).flatMap(([type, { schema = {} }]) => {
        const media = was[type];
        return media === undefined ? [] : misfits(schema, media.schema ?? {}, at, this.heard);
      }),
      ...this.headers(at, before.headers ?? {}, after.headers ?? {}),
    ];
  }

  private headers(at: string, before: Named<Header>, after: Named<Header>): string[] {
    return Object.entries(before).flatMap(([name, header]) => {
      const [was, other] = [wholeOf(this.inBefore, header), after[name]];
      if (other === undefined) return [`${at} header ${name}: is gone`];
      const is = wholeOf(this.inAfter, other);
      return [
        ...(was.required === true && is.required !== true ? [`${at} header ${name}: may be absent now`] : []),
        ...misfits(is.schema ?? {}, was.schema ?? {}, `${at} header ${name}`, this.heard),
      ];
    });
  }
}

function wholeOf<Part extends object>(resolve: Resolve, part: Part): Part {
  return resolve(part as Schema) as Part;
}
