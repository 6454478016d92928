import { findWithPs } from './running-process.js';

describe('a running process', () => {
  it('is found with ps where there is no /proc', async () => {
    const running = await findWithPs(process.pid);

    expect(running?.startedAt).toMatch(/\d\d:\d\d:\d\d \d{4}$/);
    expect(running?.commandLine).toContain(process.title);
    expect(await findWithPs(process.pid)).toEqual(running);
    expect(await findWithPs(2 ** 22 + 1)).toBeUndefined();
  });
});
