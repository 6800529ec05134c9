const MOST_LETTERS = 32

/** What people read as one letter, an emoji of several characters among them. */
const LETTERS = new Intl.Segmenter('en')

/** A title beside a point: whole titles lie over their neighbours. The whole one is in the panel of the track. @param most letters */
export const shortLabel = (title: string, most = MOST_LETTERS): string => {
  if (title.length <= most) return title
  const letters = Array.from(LETTERS.segment(title), ({ segment }) => segment)
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : title
}
