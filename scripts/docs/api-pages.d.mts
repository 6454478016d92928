export declare function apiPages(openapi: object): ReadonlyMap<string, string>;
