export declare function undescribed(
  directory: string,
  contracts: { readonly openapi: object; readonly asyncapi: object; readonly apiReport: string },
): { readonly counts: Readonly<Record<string, number>>; readonly missing: string[] };
