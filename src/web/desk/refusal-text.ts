import { MIN_LABEL_BEATS } from '../../core/labels/label-edit.ts'
import type { UserError } from '../../core/support/user-error.ts'

/** Why an edit on the desk was refused, without the beats that the engine counts in. */
const WORDS: Readonly<Record<string, string>> = {
  LABEL_TOO_SHORT: `A section needs at least ${MIN_LABEL_BEATS} beats.`,
  LABEL_NOT_FOUND: 'There is no section here.',
  LABEL_OVERLAP: 'Another section lies in between.',
}

export const refusalText = ({ code, message, hint }: UserError): string => WORDS[code] ?? `${message} ${hint}`
