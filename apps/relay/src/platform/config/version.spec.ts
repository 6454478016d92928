import { readFileSync } from 'node:fs';
import { RELAY_VERSION } from './version.js';

describe('the version that the relay tells its admins', () => {
  it('is that of package.json', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(RELAY_VERSION).toBe(version);
  });
});
