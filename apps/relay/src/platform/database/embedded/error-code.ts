/** Whether this is a Node.js system error or a PostgreSQL error with one of these codes. */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  // Not `instanceof Error`: where tests run in a context of their own, Node's errors come from another one.
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' && codes.includes(error.code);
}
