export declare function withPolicy(html: string): string;
