import { type ErrorReport, UserError } from '../../core/support/user-error.ts'

/** A file that could not be used, and why. */
export type FileFailure = {
  readonly file: string
  /** Set where the track is known. */
  readonly trackId?: number
  readonly error: ErrorReport
}

/** The error to end with, where the one thing asked for failed on this file. */
export const failureError = ({ error: { code, detail } }: FileFailure): UserError =>
  new UserError(code === 'INTERNAL' ? 'ANALYSIS_REQUIRED' : code, detail)
