import { inParallel } from './in-parallel.mjs';

const AT_ONCE = 40;

/** Opens as many sockets as the options say, a few at a time. */
export function openAll(options, adapter) {
  return inParallel(options.connections, AT_ONCE, (index) => adapter.member(options, index));
}
