import { deflateRawSync } from 'node:zlib';
import { minifySync } from 'vite';
import { groupOf } from './first-load-groups.mjs';

/** Much that other groups use looks unused in code that is minified without them. */
const WHOLE = { compress: { unused: false } };

/** A plugin that notes of each script how heavy each group in it is, minified and compressed by itself. */
export function weighGroups(weights) {
  return {
    name: 'weigh-groups',
    generateBundle: (_options, bundle) => {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk') weights.set(chunk.fileName, weightsIn(chunk));
    },
  };
}

function weightsIn({ fileName, modules }) {
  const codeOf = new Map();
  for (const [id, { code }] of Object.entries(modules)) {
    const group = groupOf(id, fileName);
    codeOf.set(group, `${codeOf.get(group) ?? ''}${code ?? ''}\n`);
  }
  const weigh = (code) => deflateRawSync(minifySync(fileName, code, WHOLE).code, { level: 9 }).length;
  return [...codeOf].map(([group, code]) => ({ group, weight: weigh(code) }));
}
