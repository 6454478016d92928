import type { ZxcvbnResult } from '@zxcvbn-ts/core';

/** Of 0 to 4: from here on somebody who has the encrypted keys would not come through. */
export const LEAST_SCORE = 3;
export const LEAST_CHARS = 8;
/** What the estimator looks at of a long password: its time grows with the length. */
const MOST_CHARS = 128;

export type Estimate = (password: string, username: string) => ZxcvbnResult['score'];

/** The estimator and its lists of common words are large: they come when somebody chooses a password. */
async function loadEstimate(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  return (password, username) => estimator.check(password.slice(0, MOST_CHARS), ['sealpost', username]).score;
}

let loading: Promise<Estimate> | undefined;

/** The same for all fields. It is asked for again when it did not come. */
export function estimateOnce(): Promise<Estimate> {
  loading ??= loadEstimate().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
