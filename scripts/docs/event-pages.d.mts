export declare function eventPages(asyncapi: object): ReadonlyMap<string, string>;
