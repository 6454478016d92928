import { CSRF_HEADER } from '#protocol';

/** What the OpenAPI document says of the refresh cookie. */
export const COOKIE_RULE = `When the refresh token travels in the cookie, an Origin that is allowed and the header \`${CSRF_HEADER}: 1\` are needed (\`forbidden\`).`;

/** The header of requests that are to set the cookie, or that bring it. */
export const CSRF = {
  name: CSRF_HEADER,
  required: false,
  description: 'Needed when the refresh token travels in the cookie: a form of another site cannot send it.',
  schema: { type: 'string', enum: ['1'] },
};

/** Of replies that may set or clear the cookie. */
export const SETS_COOKIE = {
  'Set-Cookie': {
    description:
      'Only when the refresh token travels in the cookie: the next token, or nothing once the session is over.',
    schema: { type: 'string' },
  },
} as const;
