export function cpuSeconds(roots: readonly number[]): number;
export function residentKiB(pid: number): number;
