/** In place of the package `debug`, for a program that is never to say what it is not asked for. */
function createDebug(namespace) {
  return Object.assign(() => undefined, { namespace, enabled: false, extend: createDebug, destroy: () => true });
}

module.exports = Object.assign(createDebug, { debug: createDebug, default: createDebug, enabled: () => false });
