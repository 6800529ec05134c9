import { toErrorReport } from '../core/support/user-error.ts'
import { countText } from '../core/units/count-text.ts'
import type { Tools } from '../tools.ts'
import type { Remedies } from './failure-server.ts'

/** Errors that a copy of the library cures. */
const CURED: readonly string[] = ['DATABASE_DAMAGED', 'DATABASE_MISSING']

/** Copies for a start that failed for want of a sound library. */
export const rescueWith = ({ list, restore }: Tools['backups']): Pick<Remedies, 'copies' | 'restore'> => ({
  copies: async ({ code }) => {
    if (!CURED.includes(code)) return []
    const { backups } = await list()
    return backups.flatMap(({ name, madeAt, holds }) => {
      if (holds === null) return []
      const made = new Date(madeAt).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })
      return [{ name, words: `${made}: ${countText(holds.labels, 'label')}, ${countText(holds.tracks)}` }]
    })
  },
  restore: async (name) => {
    try {
      await restore(name)
      return null
    } catch (error) {
      return toErrorReport(error)
    }
  },
})
