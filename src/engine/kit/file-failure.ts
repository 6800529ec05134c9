import type { ErrorReport } from '../../core/support/user-error.ts'

/** A file that could not be used, and why. */
export type FileFailure = {
  readonly file: string
  /** Where it is known which track it is. */
  readonly trackId?: number
  readonly error: ErrorReport
}
