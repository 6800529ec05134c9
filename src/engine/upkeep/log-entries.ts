import { errorCatalogue } from '../../core/support/error-catalogue.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'

/** An error of the log, told by nothing that a person could have named. */
export type LoggedError = {
  /** Null where a process died of it, which writes no time. */
  readonly at: string | null
  readonly code: ErrorReport['code']
  /** Places of the program itself: `src/app.ts:12`. */
  readonly frames: readonly string[]
}

const ENTRY = /^(\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z) (-|[A-Z_]+) /
/** As Node writes what a process dies of. */
const CRASH = /^(?:Uncaught )?[A-Z]\w*Error\b/
const FRAME = /^\s+at (?:.*?[(\s])?([^()\s][^()]*):(\d+):\d+\)?$/
const MOST_FRAMES = 8

const isCode = (code: string): code is ErrorReport['code'] => code === 'INTERNAL' || Object.hasOwn(errorCatalogue, code)

/**
 * The errors of a log, the newest last. Of what they say nothing is taken but the code and where in the program they were.
 * @param ownFile the path of a file of the program from its folder, by path or address; null for any other
 */
export const loggedErrors = (log: string, ownFile: (path: string) => string | null): readonly LoggedError[] => {
  const errors: (LoggedError & { readonly frames: string[] })[] = []
  let current: (LoggedError & { readonly frames: string[] }) | null = null
  for (const line of log.split('\n')) {
    const [, at, code = ''] = ENTRY.exec(line) ?? []
    if (at !== undefined || CRASH.test(line)) {
      const known = at === undefined ? 'INTERNAL' : isCode(code) ? code : null
      current = known === null ? null : { at: at ?? null, code: known, frames: [] }
      if (current !== null) errors.push(current)
      continue
    }
    const [, path, place] = FRAME.exec(line) ?? []
    const own = path === undefined ? null : ownFile(path)
    if (own !== null && current !== null && current.frames.length < MOST_FRAMES) current.frames.push(`${own}:${place}`)
  }
  return errors
}
