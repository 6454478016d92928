import { GroupError } from '../groups/groups.errors.js';
import { Sealpost } from '../sealpost.js';
import { connect } from '../worker/channel.js';
import type { PageFunctions, Self, WorkerFunctions } from '../worker/remote.js';
import { WorkerEnd } from '../worker/worker-end.js';
import type { WorkerOptions } from './connect-worker.js';
import { IndexedDbStore } from './indexed-db-store.js';

/** The script of a worker that has the SDK and its store: `connectWorker` is the page's end of it. */

let end: WorkerEnd | undefined;

const page = connect<PageFunctions, WorkerFunctions<WorkerOptions>>(globalThis, {
  async open({ store: name, steal = false, ...options }, lockName) {
    if (end !== undefined) throw new Error('This worker is connected already.');
    await holdForLife(lockName);
    const sealpost = new Sealpost({ ...options, store: await IndexedDbStore.open(name, { steal }) });
    const opened = new WorkerEnd(sealpost, page, () => selfOf(sealpost));
    sealpost.listen((event) => opened.tellEvent(event));
    end = opened;
  },
  call: (...given) => connected().call(...given),
  abort: (...given) => end?.abort(...given),
  next: (...given) => connected().next(...given),
  end: (...given) => connected().end(...given),
  release: (...given) => end?.release(...given),
});

function connected(): WorkerEnd {
  if (end === undefined) throw new Error('This worker is not connected yet.');
  return end;
}

function selfOf(sealpost: Sealpost): Self {
  try {
    return sealpost.self;
  } catch (error) {
    if (error instanceof GroupError) return undefined;
    throw error;
  }
}

/** The browser gives it back when the worker ends, however it does: so the page learns of it. */
function holdForLife(name: string): Promise<void> {
  return new Promise((held, refused) => {
    navigator.locks
      .request(name, () => {
        held();
        return new Promise<never>(() => undefined);
      })
      .catch(refused);
  });
}
