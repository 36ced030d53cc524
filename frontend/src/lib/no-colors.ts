// Stands in for d3-color, see vite.config.ts: React Flow brings it along for transitions between
// colours and never makes one, so 3 kB of the first paint would do nothing.

const none = (): null => null;

/** Knows no colour; who asks takes the value for a text. */
export const color = none;
export const rgb = none;
export const hsl = none;
export const lab = none;
export const hcl = none;
export const cubehelix = none;
