#!/usr/bin/env node
/** The operator's command that saves and checks backups; the relay is built first when there is no build, or an older one than its sources. */
import { pathToFileURL } from 'node:url';
import { buildRelay } from './relay-build.mjs';

buildRelay();
await import(pathToFileURL('dist/relay/backup.js').href);
