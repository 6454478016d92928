// The site's policy takes no styles in attributes, so that what gives elements a style gives them a class instead.

/** A transformer of Shiki, for its theme of CSS variables. */
export const codeByClass = {
  name: 'code-by-class',
  pre({ properties }) {
    delete properties.style;
  },
  span(node) {
    const [, token] = /--code-token-([a-z-]+)/.exec(node.properties.style ?? '') ?? [];
    delete node.properties.style;
    if (token !== undefined) this.addClassToHast(node, `code-${token}`);
  },
};

/** A set-up of Shiki: it leaves a line without colours that takes it half a second, as any may on a busy machine. */
export function withoutTimeLimit(highlighter) {
  const { codeToHtml } = highlighter;
  highlighter.codeToHtml = (text, options) => codeToHtml(text, { ...options, tokenizeTimeLimit: 0 });
}

/** A plugin of markdown-it: cells of columns that are aligned. */
export function tablesByClass(md) {
  md.core.ruler.push('tables_by_class', ({ tokens }) => {
    for (const token of tokens) {
      const [, side] = /^text-align:(\w+)$/.exec(token.attrGet('style') ?? '') ?? [];
      if (side === undefined) continue;
      token.attrs = token.attrs.filter(([name]) => name !== 'style');
      token.attrJoin('class', `at-${side}`);
    }
  });
}
