const MOST_LETTERS = 32

/** A title beside a point: whole titles lie over their neighbours. The whole one is in the panel of the track. */
export const shortLabel = (title: string): string =>
  title.length > MOST_LETTERS ? `${title.slice(0, MOST_LETTERS - 1).trimEnd()}…` : title
