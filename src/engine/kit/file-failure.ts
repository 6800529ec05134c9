import type { ErrorReport } from '../../core/support/user-error.ts'

/** A file that could not be used, and why. */
export type FileFailure = {
  readonly file: string
  /** Set where the track is known. */
  readonly trackId?: number
  readonly error: ErrorReport
}
