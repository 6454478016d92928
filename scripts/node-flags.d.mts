/** What the relay is started with, here, in the image and in measurements. */
export const NODE_FLAGS: readonly string[];
