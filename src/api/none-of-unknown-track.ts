import { UserError } from '../core/support/user-error.ts'

/** A list of what is not there is empty. */
export const noneOfUnknownTrack = (error: unknown): readonly [] => {
  if (error instanceof UserError && error.code === 'TRACK_NOT_FOUND') return []
  throw error
}
