export declare function groupOf(id: string, script: string): string;

export declare function sharesOf(
  files: readonly { readonly path: string; readonly bytes: number }[],
  weights: ReadonlyMap<string, readonly { readonly group: string; readonly weight: number }[]>,
): Record<string, number>;
