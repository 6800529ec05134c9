/** Letters of the longest name that a person may give to a playlist or a set. */
export const MOST_NAME_LETTERS = 200

/** The name of a copy. @param ending that tells it from the original, which is cut short where both are too long */
export const copyName = (name: string, ending: string): string => {
  // Half of a letter that takes two places would be left.
  const cut = name.slice(0, MOST_NAME_LETTERS - ending.length).replace(/[\uD800-\uDBFF]$/, '')
  return `${cut}${ending}`
}

/** What another program calls something, as a name that a person may give here. */
export const importedName = (name: string): string =>
  name
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MOST_NAME_LETTERS)
    .replace(/[\uD800-\uDBFF]$/, '') || 'Untitled'
