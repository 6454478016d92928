import { failures, type VectorFile } from '../../../libs/crypto/src/mls/vectors/checks.fixture.js';
import { judgeWycheproof, type WycheproofFile } from '../../../libs/crypto/src/mls/vectors/wycheproof.fixture.js';

type Vectors = Parameters<typeof failures>[1];

const offered = {
  failures: ({ file, vectors }: { file: VectorFile; vectors: Vectors }) => failures(file, vectors),
  judgeWycheproof: ({ file, groups }: { file: WycheproofFile; groups: Vectors }) => judgeWycheproof(file, groups),
};

addEventListener('message', ({ data }: MessageEvent<{ name: keyof typeof offered; given: never }>) => {
  void offered[data.name](data.given).then(
    (result) => {
      postMessage({ result });
    },
    (error: unknown) => {
      postMessage({ error: String(error) });
    },
  );
});
