export declare class RepositoryLinks {
  readonly copied: ReadonlySet<string>;

  constructor(root: string, files: ReadonlyMap<string, string>);

  onSite(page: string, href: string): string;
}
