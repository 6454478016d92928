/** What the site is built from. */
export const PAGES = 'dist/docs-pages';
/** The built site. */
export const SITE = 'dist/docs';
