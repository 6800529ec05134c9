import { UserError } from '../../core/support/user-error.ts'

/** Threads that end so often in a row, with no answer in between, end for a reason that another thread does not change. */
const MOST_LOSSES = 5

export type LossLimit = {
  readonly answered: () => void
  readonly lost: (error: Error) => void
  /** @throws THREADS_LOST */
  readonly requireLasting: () => void
}

/** Keeps threads from being started again and again. What a task is to blame for has a code of its own and does not count. */
export const createLossLimit = (): LossLimit => {
  let [losses, reason] = [0, '']
  return {
    answered: () => {
      losses = 0
    },
    lost: (error) => {
      if (error instanceof UserError) return
      losses++
      reason = error.message
    },
    requireLasting: () => {
      if (losses < MOST_LOSSES) return
      throw new UserError(
        'THREADS_LOST',
        `${losses} worker threads in a row have ended (${reason}), so no more are started.`,
      )
    },
  }
}

/** What holds for every file alike must end the whole job, or each file would be recorded as faulty. @throws THREADS_LOST */
export const throwIfThreadsLost = (error: unknown): void => {
  if (error instanceof UserError && error.code === 'THREADS_LOST') throw error
}
