import type { Fit, Resolve, Schema } from './schema-fit.js';

/** What documents of both kinds say of themselves. */
export interface Versioned {
  readonly info: { readonly version: string };
}

export function majorOf({ info }: Versioned): number {
  return Number(info.version.split('.')[0]);
}

/** Two versions of a document, and how what clients send and what they hear of one fits the other. */
export class Versions {
  protected readonly sent: Fit;
  protected readonly heard: Fit;
  protected readonly inBefore: Resolve;
  protected readonly inAfter: Resolve;

  constructor(before: object, after: object) {
    [this.inBefore, this.inAfter] = [resolverOf(before), resolverOf(after)];
    this.sent = { direction: 'sent', ofProduced: this.inBefore, ofAccepted: this.inAfter };
    this.heard = { direction: 'heard', ofProduced: this.inAfter, ofAccepted: this.inBefore };
  }
}

/** Follows references within a document; what stands beside one counts, too. */
function resolverOf(document: object): Resolve {
  const resolve: Resolve = ({ $ref, ...beside }) => {
    if (typeof $ref !== 'string') return beside;
    if (!$ref.startsWith('#/')) throw new Error(`a reference leads out of the document: ${$ref}`);
    const steps = $ref
      .slice('#/'.length)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = steps.reduce<unknown>((within, step) => (within as Schema | undefined)?.[step], document);
    if (found === undefined) throw new Error(`a reference leads nowhere: ${$ref}`);
    return { ...resolve(found as Schema), ...beside };
  };
  return resolve;
}
