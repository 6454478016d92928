export function payload(number: number, chars: number): string;
export function numberIn(frame: Buffer): number;
