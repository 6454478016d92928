import { startEmbeddedPostgres } from './embedded-postgres.js';

/** Run as a program: starts the server in the directory given, prints its process number, and stays until it is killed. */
const [directory = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ directory, log: () => undefined });
console.log(server.pid);
await server.exited;
