import { AccountError } from '../account/account.errors.js';
import { AttachmentError } from '../attachments/attachments.errors.js';
import { GroupError } from '../groups/groups.errors.js';
import { PeerError } from '../peers/peers.errors.js';
import { RelayRefusal, RelayUnreachableError } from '../relay/relay.errors.js';
import {
  StoreBoundsError,
  StoreClosedError,
  StoreConflictError,
  StoreFailedError,
  StoreFullError,
  StoreInUseError,
  StoreLockedError,
} from '../store/store.errors.js';
import { isPlainObject } from './plain-object.js';
import { WorkerEndedError } from './worker.errors.js';

/** By the name that their objects bear. The others arrive as an `Error` of the same name, code and all. */
export const ERROR_CLASSES: Readonly<Record<string, { readonly prototype: Error }>> = {
  AccountError,
  AttachmentError,
  GroupError,
  PeerError,
  RelayRefusal,
  RelayUnreachableError,
  StoreBoundsError,
  StoreClosedError,
  StoreConflictError,
  StoreFailedError,
  StoreFullError,
  StoreInUseError,
  StoreLockedError,
  WorkerEndedError,
  TypeError,
  RangeError,
};

/** Causes of causes end here: an error may be its own. */
const MOST_CAUSES = 8;

/** Of objects within objects. */
const MOST_LEVELS = 4;

/** An error as data. A structured clone would have nothing of it but its message. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly isOfPlatform: boolean;
  /** Fields of its own that are data. */
  readonly fields: readonly (readonly [string, unknown])[];
  readonly cause: PackedError | undefined;
}

export function packError(error: Error, depth = 0): PackedError {
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    isOfPlatform: error instanceof DOMException,
    fields: Object.entries(error).filter(([field, value]) => field !== 'cause' && isPlain(value)),
    cause: cause instanceof Error && depth < MOST_CAUSES ? packError(cause, depth + 1) : undefined,
  };
}

/** Of the same class again, where there is one: `instanceof` holds, and `code` is what it was. */
export function unpackError(packed: PackedError): Error {
  const { name, message, stack, isOfPlatform, fields } = packed;
  if (isOfPlatform) return new DOMException(message, name);
  const error = new Error(message, packed.cause && { cause: unpackError(packed.cause) });
  const known = Object.hasOwn(ERROR_CLASSES, name) ? ERROR_CLASSES[name] : undefined;
  if (known !== undefined) Object.setPrototypeOf(error, known.prototype);
  else Object.defineProperty(error, 'name', { value: name, configurable: true });
  for (const [field, value] of fields) Object.defineProperty(error, field, { value, enumerable: true });
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return error;
}

/** Codes, statuses, places, what a second factor is asked for by: what clones as it is, some levels deep. */
function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && typeof value !== 'symbol';
  const isData = Array.isArray(value) || isPlainObject(value);
  return isData && depth < MOST_LEVELS && Object.values(value).every((inner) => isPlain(inner, depth + 1));
}
