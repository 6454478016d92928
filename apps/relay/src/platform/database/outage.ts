/** SQLSTATE classes (connection, resources, operator, system) and codes that say "not now" rather than "not so". */
const OUTAGE_CLASSES = /^(08|53|57|58)/;
/** Lock not available, read-only transaction, deadlock. */
const OUTAGE_STATES = ['55P03', '25006', '40P01'];
const SOCKET_ERRORS = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|EAI_)/;
/** What pg and TypeORM throw without a code. */
const OUTAGE_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|driver not connected|cannot use a pool after|connection is not established/i;

/** Whether an error only says that the database cannot be used right now. */
export function isOutage(error: unknown): boolean {
  const cause = driverErrorOf(error);
  if (typeof cause !== 'object' || cause === null) return false;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (OUTAGE_CLASSES.test(code) || OUTAGE_STATES.includes(code) || SOCKET_ERRORS.test(code)) return true;
  return 'message' in cause && typeof cause.message === 'string' && OUTAGE_MESSAGES.test(cause.message);
}

/** TypeORM wraps what the driver threw. */
function driverErrorOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'driverError' in error ? error.driverError : error;
}
