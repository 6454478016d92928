import { PUSH_TARGET } from '../e2e/outsider-scene.js';
import type { Asking } from './vault-refusals.js';

export async function refuseAtPush(ask: Asking): Promise<void> {
  await ask('GET', '/push');
  await ask('PUT', '/push/mute', { body: {} });
  await ask('DELETE', '/push/mute');
  await ask('PUT', '/push', { body: { target: { kind: 'fcm', token: 'token' } } });
  await ask('PUT', '/push', { body: { target: { ...PUSH_TARGET, endpoint: 'https://127.0.0.1/' } } });
}
