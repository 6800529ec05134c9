import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { type CatalogueUser, findUser } from '../../platform/catalogue/user-rows.ts'

/** Who asks, and whether they may. */
export type People = {
  /** Whose token this is; null where it is nobody's. */
  readonly of: (token: string) => Promise<CatalogueUser | null>
  /** Runs what somebody asked for in their name. */
  readonly actAs: <Result>(user: CatalogueUser, run: () => Result) => Result
  /** @throws UNAUTHENTICATED */
  readonly current: () => CatalogueUser
  /** @throws FORBIDDEN, UNAUTHENTICATED */
  readonly requireLabeller: () => CatalogueUser
}

/** So long a token that was taken back may still open something. */
const KNOWN_MS = 10_000
const MOST_KNOWN = 1000

/** @param now in milliseconds */
export const createPeople = (sql: Sql, now: () => number = Date.now): People => {
  const acting = new AsyncLocalStorage<CatalogueUser>()
  // By the digest of the token, which is slow to compare and comes with every request.
  const known = new Map<string, { readonly user: CatalogueUser; readonly until: number }>()
  const current = (): CatalogueUser => {
    const user = acting.getStore()
    if (user === undefined) throw new UserError('UNAUTHENTICATED', 'Nobody is named who asks.')
    return user
  }
  return {
    of: async (token) => {
      const digest = createHash('sha256').update(token).digest('hex')
      const before = known.get(digest)
      if (before !== undefined && before.until > now()) return before.user
      known.delete(digest)
      const user = await findUser(sql, token)
      if (user === null) return null
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(digest, { user, until: now() + KNOWN_MS })
      return user
    },
    actAs: (user, run) => acting.run(user, run),
    current,
    requireLabeller: () => {
      const user = current()
      if (user.role === 'reader') throw new UserError('FORBIDDEN', `${user.name} may look, but not label.`)
      return user
    },
  }
}
