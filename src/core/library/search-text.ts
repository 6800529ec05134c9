/** Letters as they are compared: without case, accents and the ways to write the same character. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** The words a person typed; every one must occur. */
export const searchWords = (text: string): readonly string[] => foldText(text).split(/\s+/).filter(Boolean)
