import type { ErrorReport } from '../core/support/user-error.ts'
import { printable } from './printable.ts'

/** Tells people which files failed, why, and what to do. */
export const failureLines = (
  failures: readonly { readonly file: string; readonly error: ErrorReport }[],
): readonly string[] =>
  failures.flatMap(({ file, error }) => [
    // Many details already begin with the file.
    `${printable(file)}: ${error.title}: ${printable(error.detail.replace(`${file}: `, ''))}`,
    `  ${error.hint}`,
  ])
