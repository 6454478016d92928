import { createHash } from 'node:crypto';

/** Scripts that stand in the page itself. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
/** Written by the theme's components; what of it matters stands in the style sheet. */
const STYLE_ATTRIBUTE = /(<[a-z][^<>]*?) style="[^"]*"/g;
const HEAD = '<meta charset="utf-8">';

/** A page under a content security policy of its own: nothing from elsewhere, and no script but those that the build wrote. */
export function withPolicy(html) {
  if (!html.includes(HEAD)) throw new Error('The page has no place for its content security policy.');
  const scripts = [...html.matchAll(INLINE_SCRIPT)].map(([, script]) => `'sha256-${sha256(script)}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(scripts)].join(' ')}`.trimEnd(),
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const unstyled = html.replaceAll(STYLE_ATTRIBUTE, '$1');
  return unstyled.replace(HEAD, `${HEAD}\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

function sha256(text) {
  return createHash('sha256').update(text).digest('base64');
}
