import type { FastifyReply } from 'fastify'
import { UserError } from '../core/support/user-error.ts'

/** Aborts once whoever asked has gone away without the answer: what only they wait for need not be finished. */
export const untilGone = ({ raw }: FastifyReply): AbortSignal => {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new UserError('CANCELLED', 'Nobody waits for the answer any more.'))
  })
  return gone.signal
}
