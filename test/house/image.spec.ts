import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';

describe('the image', () => {
  it('starts the relay as `npm start` does: with the same flags of Node, and the same file', () => {
    const root = join(import.meta.dirname, '../..');
    const [, command = ''] = /^CMD (\[.*\])$/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8')) ?? [];
    expect(JSON.parse(command)).toEqual(['node', ...NODE_FLAGS, 'dist/relay/main.js']);
    expect(readFileSync(join(root, 'scripts/start.mjs'), 'utf8')).toContain('dist/relay/main.js');
  });
});
