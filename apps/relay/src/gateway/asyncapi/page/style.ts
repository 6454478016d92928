/** The whole style of the page. It is allowed by its hash, so that nothing else can style the page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --sheet: #ffffff; --ink: #1f2328; --faint: #5f6670; --line: #e2dfd8;
  --seal: #9b2c35; --seal-soft: #f7e9e8; --code: #f3f1ec; --in: #1f5f8b; --out: #3d6b35;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171a; --sheet: #1c1f23; --ink: #e6e4df; --faint: #a1a6ad; --line: #32363c;
    --seal: #f0969b; --seal-soft: #3a2225; --code: #24282d; --in: #8ec3ea; --out: #a5cf9b;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
a { color: var(--seal); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 2px solid var(--seal); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.875em; }
:not(pre) > code { background: var(--code); padding: 0.1em 0.3em; border-radius: 4px; overflow-wrap: anywhere; }
pre {
  margin: 0.25rem 0 1rem; padding: 0.75rem 1rem; background: var(--code); border-radius: 8px;
  overflow-x: auto; line-height: 1.5; tab-size: 2;
}
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--sheet); padding: 0.5rem 1rem; }
.frame { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
header h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; }
header p { margin: 0.5rem 0; color: var(--faint); }
nav { margin: 1.5rem 0; padding: 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
nav h2 { margin: 0 0 0.25rem; font-size: 0.8rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--faint); }
nav ul { margin: 0 0 1rem; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
nav ul:last-child { margin-bottom: 0; }
nav a { display: inline-block; padding: 0.15rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
main > h2, main > section > h2 { margin: 2.5rem 0 0.5rem; font-size: 1.35rem; }
article { margin: 1rem 0; padding: 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
article:target { border-color: var(--seal); }
article h3 { margin: 0; font-size: 1.1rem; line-height: 1.4; }
article h3 a { color: inherit; text-decoration: none; }
article h3 a:hover { text-decoration: underline; }
article h3 code { background: none; padding: 0; color: var(--in); font-size: 1em; font-weight: 600; }
article.push h3 code { color: var(--out); }
article h4 { margin: 1.25rem 0 0.25rem; font-size: 0.8rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--faint); }
article .lead { margin: 0.1rem 0 0; font-weight: 600; }
article p { margin: 0.5rem 0; }
.facts { margin: 0.75rem 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.35rem; }
.facts li { padding: 0.1rem 0.6rem; font-size: 0.8rem; background: var(--seal-soft); border-radius: 0.8rem; }
dl { margin: 0; }
.fields > div, .codes > div { padding: 0.5rem 0; border-top: 1px solid var(--line); }
.fields > div:first-child, .codes > div:first-child { border-top: 0; }
dt em { color: var(--faint); font-size: 0.8rem; }
.type { color: var(--faint); font-size: 0.875rem; }
dd { margin: 0; font-size: 0.95rem; }
small { color: var(--faint); }
.none { color: var(--faint); }
details { margin-top: 0.75rem; }
summary { cursor: pointer; color: var(--seal); font-size: 0.9rem; }
figure { margin: 0.5rem 0 0; }
figcaption { color: var(--faint); font-size: 0.875rem; }
@media (min-width: 60rem) {
  .columns { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem; align-items: start; }
  nav { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
  nav ul { flex-direction: column; }
  article { padding: 1.5rem; }
  .fields > div, .codes > div { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 1rem; }
}
`;
