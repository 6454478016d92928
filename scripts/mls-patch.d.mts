export declare function assertPatched(directory: string): void;
