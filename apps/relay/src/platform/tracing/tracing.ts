/**
 * All that a span may say. Like the fields of the log, it is a fixed list: no identifier, name, address, path or parameter of a
 * statement is among them.
 */
export interface SpanFields {
  readonly 'http.request.method'?: string;
  /** The route's pattern. */
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  /** Of the sockets: one of the protocol's. */
  readonly 'sealpost.event'?: string;
  readonly 'sealpost.batch_size'?: number;
  readonly 'db.system.name'?: 'postgresql';
  /** What kind of thing went wrong: the name of its class, which is ours or a library's. */
  readonly 'error.type'?: string;
}

/** Something that has begun, and takes its time. */
export interface OpenSpan {
  /** What begins in there is part of it. */
  within<T>(work: () => T): T;
  end(fields?: SpanFields, failed?: boolean): void;
}

/**
 * Follows requests and events through the relay, at each hop, where the operator wants that. Every span has a name from the code.
 * Nothing of it goes by itself: libraries that look into others would record statements, addresses and paths.
 */
export abstract class Tracing {
  /** Whether anybody listens: what runs for every message is left out otherwise. */
  abstract readonly isOn: boolean;

  /** Begins something that is part of nothing. @param name of the route, event or statement, as the code has it. */
  abstract begin(name: string, fields: SpanFields): OpenSpan;

  /** Does something that is part of nothing, even if it is begun in the course of something else. */
  abstract whole<T>(name: string, fields: SpanFields, work: () => Promise<T>): Promise<T>;

  /** Does something as a part of what is under way. Where nothing is that is followed, neither is this. */
  abstract part<T>(name: string, fields: SpanFields, work: () => Promise<T>): Promise<T>;
}

const UNTOLD: OpenSpan = { within: (work) => work(), end: () => undefined };

/** Follows nothing, at the price of a call. */
export class NoTracing extends Tracing {
  readonly isOn = false;

  begin(): OpenSpan {
    return UNTOLD;
  }

  whole<T>(_name: string, _fields: SpanFields, work: () => Promise<T>): Promise<T> {
    return work();
  }

  part<T>(_name: string, _fields: SpanFields, work: () => Promise<T>): Promise<T> {
    return work();
  }
}
