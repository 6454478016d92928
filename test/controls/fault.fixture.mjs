/**
 * Loaded into a relay before its own code (`node --import`). At SIGUSR2 something goes wrong that nobody catches: an error
 * in a callback, or, with FAULT=rejection, a promise that is rejected.
 */
process.on('SIGUSR2', () => {
  if (process.env.FAULT === 'rejection') void Promise.reject(new Error('a fault'));
  else
    setImmediate(() => {
      throw new Error('a fault');
    });
});
