import { type ErrorCode, errorCatalogue } from './error-catalogue.ts'

/**
 * An error the user can act on. `title` is constant per code (the catalogue's words), `message` (the detail) says what happened
 * and where, `hint` says what to do. Anything else that is thrown is a bug.
 */
export class UserError extends Error {
  readonly code: ErrorCode
  readonly title: string
  readonly hint: string
  /** Machine-readable members of this occurrence, e.g. `{ missing: { drop: 7 } }`. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, detail: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(detail, cause === undefined ? undefined : { cause })
    this.name = 'UserError'
    this.code = code
    this.title = errorCatalogue[code].title
    this.hint = errorCatalogue[code].hint
    this.details = details
  }
}

/** The shape of an error in every interface: `analyze --json`, failed jobs, problem+json. */
export type ErrorReport = {
  readonly code: ErrorCode | 'INTERNAL'
  readonly title: string
  readonly detail: string
  readonly hint: string
}

/** An error in one line, which begins with the words that the guide lists. */
export const errorText = ({ title, detail }: Pick<ErrorReport, 'title' | 'detail'>): string => `${title}: ${detail}`

/** What is no error of the catalogue is none that a person can act on. */
export const BUG_HINT = 'This is a bug in Algiers: please report it with what you did.'

/** What a database says names its tables, which helps nobody outside. */
const detailOfBug = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return (error as { readonly code?: unknown }).code === 'ERR_SQLITE_ERROR'
    ? 'The library could not be read or written.'
    : error.message
}

export const toErrorReport = (error: unknown): ErrorReport =>
  error instanceof UserError
    ? { code: error.code, title: error.title, detail: error.message, hint: error.hint }
    : {
        code: 'INTERNAL',
        title: 'Internal error',
        detail: detailOfBug(error),
        hint: BUG_HINT,
      }
