import { UserError } from '../../core/support/user-error.ts'

/** An attempt fails only where another edit of the same track came first, so this many edits at once all succeed. */
const MOST_TRIES = 100

/**
 * Plans and applies until a plan still holds when it is applied.
 * @param attempt reads, plans and applies; null where what it read is not so any more
 * @throws LABELS_CHANGED when others never stop editing
 */
export const compareAndSet = async <Result extends object>(
  trackId: number,
  attempt: () => Promise<Result | null>,
): Promise<Result> => {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const result = await attempt()
    if (result !== null) return result
  }
  throw new UserError('LABELS_CHANGED', `Track ${trackId} changed ${MOST_TRIES} times while it was being edited.`)
}
