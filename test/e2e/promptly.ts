/** Milliseconds until an ended session is over everywhere: the promised second, and some more for a busy machine. */
export const PROMPTLY = 1_500;
