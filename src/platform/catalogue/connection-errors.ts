import { DatabaseError } from 'pg'
import { UserError } from '../../core/support/user-error.ts'

/** Of the system: nobody answers, or the line is cut. */
const CUT_OFF: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]
/** A socket in the file system that is not there. */
const NO_SOCKET = 'ENOENT'
/**
 * Of PostgreSQL: classes of states in which it is ending, starting or full, takes nothing in since another one takes over, or gave up a
 * transaction for another or for its silence.
 */
const PASSING = /^(?:08|25006|25P03|40|53|57014|57P0[1-5])/
const UNANSWERED = 'Query read timeout'
const BROKEN = new RegExp(
  `${UNANSWERED}|Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed`,
  'i',
)

/** Whether the same statement may succeed later: the database is away, starts, or chose another transaction. */
export const isPassing = (error: unknown): boolean => {
  if (error instanceof UserError) return error.code === 'CATALOGUE_UNREACHABLE'
  if (error instanceof AggregateError) return error.errors.some(isPassing)
  if (error instanceof DatabaseError) return PASSING.test(error.code ?? '')
  if (!(error instanceof Error)) return false
  const { code = '', syscall } = error as NodeJS.ErrnoException
  return CUT_OFF.includes(code) || (code === NO_SOCKET && syscall === 'connect') || BROKEN.test(error.message)
}

export const isUnanswered = (error: unknown): boolean => error instanceof Error && error.message === UNANSWERED

/** Of PostgreSQL: who asks may not, or there is no such database, or it lacks the extension. */
const REFUSED = /^(?:28|3D000|42501|0A000|58P01)/
/** Of the protected line: the other end has no certificate that is believed, or none at all. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_(?:TLS|SSL|OSSL)|^EPROTO$/
const UNPROTECTED = /does not support SSL|error establishing an SSL connection/

/** Whether whoever set up the database, or its address, has to change something before it can be used. */
const isRefused = (error: unknown): boolean => {
  if (error instanceof DatabaseError) return REFUSED.test(error.code ?? '')
  if (!(error instanceof Error)) return false
  const { code = '', syscall } = error as NodeJS.ErrnoException
  return UNTRUSTED.test(code) || UNPROTECTED.test(error.message) || (syscall === 'open' && code !== '')
}

/** Tells of a connection that failed in words that a person can act on. */
export const told = (error: unknown, address: string): unknown => {
  if (error instanceof UserError) return error
  const said = error instanceof Error && error.message ? error.message : 'no connection'
  // What Node advises is for whoever starts it by hand; the certificate belongs into the address.
  const message = said.replace(/; if the root CA is installed.*$/, ' (name yours with sslrootcert=)')
  if (isPassing(error))
    return new UserError('CATALOGUE_UNREACHABLE', `${address} does not answer: ${message}.`, {}, error)
  return isRefused(error) ? new UserError('CATALOGUE_REFUSED', `${address}: ${message}.`, {}, error) : error
}
