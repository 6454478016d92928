import { request as requestInClear } from 'node:http';
import { request as requestByTls } from 'node:https';
import type { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { examineCertificate } from './certificate-check.js';
import { skew } from './clock-skew.js';
import { fail, type Finding, ok, reasonOf, warn } from './finding.js';

const PATIENCE_MS = 5_000;
const YEAR_SECONDS = 31_536_000;
/** How far a time in whole seconds may be off, at least. */
const DATE_RESOLUTION_MS = 1_000;

/** Looks at the relay as its clients reach it: through whatever proxy there is. */
export async function examinePublicUrl(config: Config, clock: Clock): Promise<Finding[]> {
  if (config.PUBLIC_URL === undefined)
    return [warn('PUBLIC_URL', 'is not set: passkeys and push services need it, and nothing was tried there')];
  const url = new URL(config.PUBLIC_URL);
  const encrypted = url.protocol === 'https:' ? await examineCertificate(url, clock) : inClear(config);
  const before = clock.millis();
  const ready = await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    (error: unknown) => reasonOf(error),
  );
  if (typeof ready === 'string')
    return [encrypted, warn('relay', `nobody answers at PUBLIC_URL: ${ready}. Does it run?`)];
  return [
    encrypted,
    ready.ok
      ? ok('relay', 'is ready')
      : fail('relay', `/health/ready answers ${String(ready.status)}: look into its log`),
    ...clockOf(ready, (before + clock.millis()) / 2),
    ...headersOf(ready, url),
    await examineUpgrade(url),
  ];
}

function inClear({ NODE_ENV }: Config): Finding {
  const says = 'is not encrypted: put a reverse proxy with TLS in front (docs/self-hosting.md)';
  return NODE_ENV === 'production' ? fail('TLS', says) : warn('TLS', says);
}

function clockOf({ headers }: Response, nowMs: number): Finding[] {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) return [];
  const off = date + DATE_RESOLUTION_MS / 2 - nowMs;
  return [skew('clock at PUBLIC_URL', Math.abs(off) <= DATE_RESOLUTION_MS ? 0 : off)];
}

/** A proxy may have taken them away, or set others. */
function headersOf({ headers }: Response, { protocol }: URL): Finding[] {
  const policy = headers.get('content-security-policy');
  const findings = [
    policy === null
      ? fail('CSP', 'no Content-Security-Policy arrives: let the proxy pass on the headers of the relay')
      : ok('CSP', 'Content-Security-Policy arrives'),
  ];
  if (protocol !== 'https:') return findings;
  const [, seconds = '0'] = /max-age=(\d+)/.exec(headers.get('strict-transport-security') ?? '') ?? [];
  const isLong = Number(seconds) >= YEAR_SECONDS;
  return [
    ...findings,
    isLong
      ? ok('HSTS', 'browsers keep to TLS')
      : warn(
          'HSTS',
          'no Strict-Transport-Security of a year arrives: set NODE_ENV=production, or let the proxy set it',
        ),
  ];
}

/** Whether sockets get through, which many a proxy has to be told. */
async function examineUpgrade(url: URL): Promise<Finding> {
  const status = await upgradeStatus(url).catch((error: unknown) => reasonOf(error));
  if (status === 101) return ok('sockets', 'WebSocket gets through');
  return fail('sockets', `an upgrade to WebSocket was answered with ${String(status)}: let the proxy pass on upgrades`);
}

function upgradeStatus(url: URL): Promise<number> {
  const request = url.protocol === 'https:' ? requestByTls : requestInClear;
  const target = new URL('/socket.io/?EIO=4&transport=websocket', url);
  return new Promise((resolve, reject) => {
    const asked = request(target, {
      agent: false,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'c2VhbHBvc3QgZG9jdG9yIQ==',
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    asked.once('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.once('response', (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    asked.once('error', reject);
    asked.end();
  });
}
