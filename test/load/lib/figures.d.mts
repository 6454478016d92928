export function quantile(sorted: readonly number[], share: number): number | undefined;
export function median(values: readonly (number | undefined)[]): number | undefined;
