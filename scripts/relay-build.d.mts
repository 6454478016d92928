export declare function buildRelay(): void;
