import type { TestSocket } from './test-socket.js';
import type { TestUser } from './test-user.js';

interface Closable {
  close(): void;
}

/** Says what each test opens, and closes it after that test, whatever became of it. */
export function closeAfterEach(): <Opened extends Closable>(opened: Opened) => Opened {
  const open: Closable[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });
  return (opened) => {
    open.push(opened);
    return opened;
  };
}

/** Connects devices, each until the end of the test that asks. */
export function connectUntilTestEnds(): (user: TestUser) => Promise<TestSocket> {
  const closeLater = closeAfterEach();
  return async (user) => closeLater(await user.socket());
}
