import type { ErrorReport } from '../core/support/user-error.ts'
import { printable } from './printable.ts'

/** What went wrong with which file, for people. */
export const failureLines = (
  failures: readonly { readonly file: string; readonly error: ErrorReport }[],
): readonly string[] =>
  failures.flatMap(({ file, error }) => [
    // Many details begin with the file as well.
    `${printable(file)}: ${error.title}. ${printable(error.detail.replace(`${file}: `, ''))}`,
    `  ${error.hint}`,
  ])
