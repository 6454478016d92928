export declare function brokenLinks(directory: string): { readonly page: string; readonly link: string }[];
