export interface Section {
  readonly title: string;
  readonly pages: readonly string[];
}

export declare function listedSections(root: string, sections?: readonly Section[]): Section[];

export declare function pageFiles(root: string): ReadonlyMap<string, string>;
