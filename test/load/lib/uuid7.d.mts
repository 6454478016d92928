export function uuid7(): string;
