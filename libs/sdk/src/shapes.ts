import * as z from './shape-parts.js';

// Without compiled parsers, which a strict content security policy forbids. Before any shape is made.
z.config({ jitless: true });

/** Shapes of what was stored, and of what a relay says. */
export { z };
