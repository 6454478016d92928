import { connect } from 'node:tls';
import type { Clock } from '../platform/clock/clock.js';
import { fail, type Finding, ok, reasonOf, warn } from './finding.js';

const PATIENCE_MS = 5_000;
const DAY_MS = 86_400_000;
/** Whoever renews by itself does so with a month left. */
const DAYS_TO_WARN = 14;

interface Certificate {
  readonly validTo: string;
  /** Why clients would not trust it. */
  readonly complaint: string | undefined;
}

export async function examineCertificate(url: URL, clock: Clock): Promise<Finding> {
  const found = await certificateOf(url).catch((error: unknown) => reasonOf(error));
  if (typeof found === 'string') return warn('TLS', `no certificate was shown: ${found}`);
  if (found.complaint !== undefined) return fail('TLS', `clients do not trust the certificate (${found.complaint})`);
  const days = Math.floor((Date.parse(found.validTo) - clock.millis()) / DAY_MS);
  const says = `the certificate is good for ${String(days)} days`;
  return days < DAYS_TO_WARN ? warn('TLS', `${says}: renew it`) : ok('TLS', says);
}

function certificateOf({ hostname, port }: URL): Promise<Certificate> {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      // What is wrong with it is to be told, not to end the look at it. Nothing is sent.
      rejectUnauthorized: false,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const complaint = socket.authorized ? undefined : String(socket.authorizationError);
      resolve({ validTo: socket.getPeerCertificate().valid_to, complaint });
      socket.destroy();
    });
  });
}
