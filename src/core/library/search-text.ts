/** Folds text for comparison: case, accents and different encodings of the same character are ignored. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** The words that a person typed; each of them must occur. */
export const searchWords = (text: string): readonly string[] => foldText(text).split(/\s+/).filter(Boolean)
