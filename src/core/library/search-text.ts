/**
 * Folds text for comparison: case, accents and different encodings of the same character are ignored, and so is how a Greek sigma is
 * written at the end of a word, since the beginning of a longer one may have been typed.
 */
export const foldText = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ')

/** The words that a person typed; each of them must occur. */
export const searchWords = (text: string): readonly string[] => foldText(text).split(/\s+/).filter(Boolean)
