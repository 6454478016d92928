import { offer } from './offer.js';

/** What the page hands to its worker, which answers each in turn. */
interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

const worker = new Worker(trustedAddress('/vectors-worker.js') as string, { type: 'module' });

async function ask(name: string, given: unknown): Promise<unknown> {
  const answer = await new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
    worker.postMessage({ name, given });
  });
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.result;
}

/** Under Trusted Types a page starts no worker but by the one policy that it may have. */
function trustedAddress(address: string): unknown {
  const types = Reflect.get(globalThis, 'trustedTypes') as {
    createPolicy(name: string, rules: object): { createScriptURL(url: string): unknown };
  };
  return types.createPolicy('worker-script', { createScriptURL: (url: string) => url }).createScriptURL(address);
}

offer({
  failures: (given: unknown) => ask('failures', given),
  judgeWycheproof: (given: unknown) => ask('judgeWycheproof', given),
});
