/** What a person calls a model version and wrote about it; it travels with the version to other people. */
export type VersionWords = { readonly name: string | null; readonly notes: string | null }

export const LONGEST_VERSION_NAME = 80
export const LONGEST_VERSION_NOTES = 4000

/** Characters that show nothing, or turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu
const UNSEEN_BUT_LINES = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** One line for the name, lines for the notes, neither longer than they may be typed; nothing is null. */
export const tidyVersionWords = ({ name, notes }: VersionWords): VersionWords => ({
  name: name?.replace(UNSEEN, ' ').trim().slice(0, LONGEST_VERSION_NAME).trim() || null,
  notes: notes?.replace(/\r\n?/g, '\n').replace(UNSEEN_BUT_LINES, ' ').trim().slice(0, LONGEST_VERSION_NOTES) || null,
})
