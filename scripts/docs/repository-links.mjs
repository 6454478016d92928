// Pages link to each other and to files by their places in the repository. On the site such a link leads to the page that the
// file has become, or to a copy of the file as text.
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Whatever else a file is, a browser shows it as text. */
const SHOWN_AS_THEY_ARE = /\.(json|png|svg|txt)$/;
const LEADS_AWAY = /^([a-z][a-z0-9+.-]*:|\/)/i;

/** Where the site has the copy of a file. Servers keep back names that begin with a dot. */
function copyOf(file) {
  const named = file.replaceAll(/(^|\/)\./g, '$1');
  return `source/${SHOWN_AS_THEY_ARE.test(named) ? named : `${named}.txt`}`;
}

export class RepositoryLinks {
  /** Files that pages link to, and that are no pages. */
  copied = new Set();

  /**
   * @param root of the repository.
   * @param files that are pages, by the paths of the pages.
   */
  constructor(root, files) {
    this.root = root;
    this.files = files;
    this.pages = new Map([...files].map(([page, file]) => [file, page]));
  }

  /**
   * @param page that has the link; pages made from the contract link by the paths of the site.
   * @throws {Error} when it leads to nothing in the repository.
   */
  onSite(page, href) {
    const from = this.files.get(page);
    if (from === undefined || href.startsWith('#') || LEADS_AWAY.test(href)) return href;
    const [path, anchor] = href.split('#');
    const file = posix.normalize(posix.join(posix.dirname(from), decodeURI(path)));
    const target = this.pages.get(file);
    if (target !== undefined) return `/${target}${anchor === undefined ? '' : `#${anchor}`}`;
    const place = join(this.root, file);
    if (file.startsWith('..') || !existsSync(place) || !statSync(place).isFile())
      throw new Error(`${from} links to ${href}, where there is no file.`);
    this.copied.add(file);
    return `/${copyOf(file)}`;
  }

  /** A plugin of markdown-it. */
  plugin() {
    return (md) => {
      md.core.ruler.push('repository_links', ({ tokens, env }) => {
        for (const { children } of tokens)
          for (const token of children ?? [])
            if (token.type === 'link_open') token.attrSet('href', this.onSite(env.relativePath, token.attrGet('href')));
      });
    };
  }
}

/** Copies files of the repository to where links on the site lead. */
export function copyFiles(root, files, directory) {
  for (const file of files) {
    const place = join(directory, copyOf(file));
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(join(root, file), place);
  }
}
