#!/usr/bin/env node
/** The operator's command for who administers the relay, which is built first when there is no build, or an older one than its sources. */
import { pathToFileURL } from 'node:url';
import { buildRelay } from './relay-build.mjs';

buildRelay();
await import(pathToFileURL('dist/relay/admin.js').href);
