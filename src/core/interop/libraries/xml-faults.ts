/** What is wrong with XML of other programs, and what a DJ can do about it. */
import { UserError } from '../../support/user-error.ts'

/** An & that begins no reference: "R&B", where XML wants "R&amp;B". */
const BARE_AMPERSAND = /&(?!(?:#\d+|#x[\da-f]+|[a-z_][\w.-]*);)/gi

/** @param found is told where each was */
export const replaceBareAmpersands = (text: string, replacement: string, found: (at: number) => void): string =>
  text.replace(BARE_AMPERSAND, (_, at: number) => {
    found(at)
    return replacement
  })

/** @returns how many lines end before this place */
export const linesBefore = (text: string, at: number): number => text.slice(0, at).split('\n').length - 1

/** @param what as the parser says it, without its place */
export const malformedXml = (line: number, what: string): UserError =>
  new UserError(
    'IMPORT_MALFORMED',
    `Line ${line}: ${what.replace(/\.?$/, '.')} The file is damaged there: export it again from the other program.`,
  )

/** For a file that is to be copied as it is. @returns null where there is none */
export const bareAmpersand = (text: string): UserError | null => {
  const at = text.search(BARE_AMPERSAND)
  if (at < 0) return null
  const line = linesBefore(text, at) + 1
  return new UserError(
    'IMPORT_MALFORMED',
    `Line ${line}: an "&" stands alone where "&amp;" is needed. Correct it in a text editor, or export the file again from the other program.`,
  )
}
