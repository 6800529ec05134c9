import type { ServerResponse } from 'node:http'
import { UserError } from '../core/support/user-error.ts'

/** Browsers keep six connections to a server; so many at once come from a program that has gone wild. */
const MOST_AT_ONCE = 64
/** Clients that listen to events: they stay for hours, and count apart. */
const MOST_LISTENERS = 200

export type Admission = {
  /** @throws OVERLOADED, SHUTTING_DOWN */
  readonly admit: (path: string, response: ServerResponse) => void
  /** From now on nobody is let in. */
  readonly end: () => void
}

/** Counts who is inside, until the answer has ended or the connection is gone. */
export const createAdmission = (): Admission => {
  const inside = { requests: 0, listeners: 0 }
  let isEnding = false
  return {
    admit: (path, response) => {
      if (isEnding) throw new UserError('SHUTTING_DOWN', 'The server is shutting down.')
      const kind = path === '/api/events' ? 'listeners' : 'requests'
      const most = kind === 'listeners' ? MOST_LISTENERS : MOST_AT_ONCE
      if (inside[kind] >= most) throw new UserError('OVERLOADED', `${inside[kind]} ${kind} are inside.`, { most })
      inside[kind]++
      response.once('close', () => {
        inside[kind]--
      })
    },
    end: () => {
      isEnding = true
    },
  }
}
