/**
 * How long a test waits for what a processor has to do first. Two cores that others use as well are slow, not wrong, and what never comes
 * fails all the same, later.
 */
export const PATIENCE_MS = 90_000
