const MOST_NAMED = 5

/** What is said of tracks whose file several entries of a library name. @param titles of one at least */
export const repeatedWords = (titles: readonly string[]): string => {
  const named = titles.slice(0, MOST_NAMED).map((title) => `“${title}”`)
  const more = titles.length > MOST_NAMED ? ' and others' : ''
  return `Your file lists ${named.join(', ')}${more} more than once: each entry got the cues. Delete the ones that you do not need in the program.`
}
