import type { Sealpost } from '../sealpost.js';

/** The parts of {@link Sealpost} that a page reaches in a worker. Whatever is not among them stays there. */
export const GROUPS = [
  'conversations',
  'messages',
  'attachments',
  'receipts',
  'contacts',
  'devices',
  'sessions',
  'security',
  'mfa',
  'reports',
  'push',
  'announcements',
  'admin',
  'backup',
] as const;

type Method = (...given: never[]) => unknown;
/** What can be waited for can be waited for across a boundary. */
type Reachable = (...given: never[]) => Promise<unknown> | AsyncGenerator;

/** Methods of a part that cross as they are. */
export type RemoteGroup<Group> = {
  readonly [Name in keyof Group as Group[Name] extends Reachable ? Name : never]: Group[Name];
};

/**
 * {@link Sealpost} in a worker: the same methods, which are answered from there. What one of them is given may have data,
 * functions and an `AbortSignal` in it; such functions are called as long as the method has not been answered. What it answers
 * may have data and functions in it; all functions that cross give promises.
 */
export type WorkerSealpost = {
  readonly [Name in keyof Sealpost]: Sealpost[Name] extends Method
    ? Sealpost[Name]
    : Name extends 'self'
      ? Sealpost[Name]
      : RemoteGroup<Sealpost[Name]>;
};

/** Who has an account open; undefined while none is. */
export type Self = Sealpost['self'] | undefined;

/** What is meant: a method of {@link Sealpost}, one of a part, or a function that came with an answer, by its number. */
export type Path = readonly [method: string] | readonly [group: string, method: string] | readonly [answered: number];

/** What a page asks of its worker. What is `unknown` here is packed. */
export interface WorkerFunctions<Options = never> {
  /** First of all. The worker holds a lock of that name as long as it lives. */
  open(options: Options, lockName: string): Promise<void>;
  call(call: number, path: Path, given: unknown): Promise<unknown>;
  abort(call: number, place: number, reason: unknown): void;
  /** The next result of the iterator that a call was answered with. */
  next(call: number): Promise<unknown>;
  end(call: number): Promise<void>;
  /** The page has no use for a function any more. */
  release(answered: number): void;
}

/** What a worker asks of its page. */
export interface PageFunctions {
  event(event: unknown): void;
  self(self: Self): void;
  callback(call: number, place: number, given: unknown): Promise<unknown>;
}
