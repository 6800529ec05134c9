import type { IncomingHttpHeaders } from 'node:http'
import { UserError } from '../core/support/user-error.ts'

const CHARSETS: readonly string[] = ['utf-8', 'utf8', 'us-ascii']

/** The words of a header that lists some, in lower case. */
const wordsOf = (header: string | undefined): readonly string[] =>
  (header ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '')

const refuse = (why: string): never => {
  throw new UserError('UNSUPPORTED_MEDIA_TYPE', why)
}

/**
 * Bodies are read as they come, as UTF-8: whatever is packed or written otherwise would be taken for something else.
 * @throws UNSUPPORTED_MEDIA_TYPE
 */
export const requirePlainBody = (headers: IncomingHttpHeaders): void => {
  if (wordsOf(headers['content-encoding']).some((coding) => coding !== 'identity'))
    refuse('The body is packed: send it as it is, without Content-Encoding.')
  if (wordsOf(headers['transfer-encoding']).some((coding) => coding !== 'chunked'))
    refuse('The body is packed on its way: send it as it is, with no Transfer-Encoding but chunked.')
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase()
  if (charset !== undefined && !CHARSETS.includes(charset)) refuse(`The body is in ${charset}: send it in UTF-8.`)
}
