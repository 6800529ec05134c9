import { type ChildProcess, spawn } from 'node:child_process'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { ErrorReport } from '../core/support/user-error.ts'
import { restingPlace } from '../platform/desktop/resting-place.ts'
import type { LibraryUpdate } from '../platform/store/database.ts'

/** The same program as this one, from source or compiled. */
const MAIN = join(import.meta.dirname, `main${extname(import.meta.filename)}`)

/** What a start came to: where it is served, or why not. */
export type StartOutcome = { readonly address: string; readonly token: string | null } | { readonly error: ErrorReport }

type Line = StartOutcome | { readonly updating: LibraryUpdate }

/** What a start is to be told of. */
export type StartOptions = {
  /** Descriptor of the file for its errors; null for none. */
  readonly log: number | null
  readonly onUpdate?: ((update: LibraryUpdate) => void) | undefined
}

const diedWithout = (code: number | null, signal: string | null): StartOutcome => ({
  error: {
    code: 'INTERNAL',
    title: 'Algiers ended while it was starting',
    detail: signal === null ? `It gave no reason (exit code ${code}).` : `It was ended by ${signal}.`,
    hint: 'Open it again. If that changes nothing, report it together with the log.',
  },
})

/**
 * Starts a server that goes on when this process and its terminal have ended. The last line that it prints says what came of it, those
 * before how far it is with an update; all else goes to the log.
 */
export const startDetached = (dataDir: string, { log, onUpdate }: StartOptions): Promise<StartOutcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, MAIN, 'serve', '--no-open', '--background', '--json'], {
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', log ?? 'ignore'],
      cwd: restingPlace(),
      env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    })
    const { stdout } = child as ChildProcess & { readonly stdout: Readable }
    child.on('error', reject)
    const lines = createInterface(stdout).on('line', (text) => {
      const line = JSON.parse(text) as Line
      if ('updating' in line) return onUpdate?.(line.updating)
      lines.close()
      stdout.destroy()
      child.unref()
      resolve(line)
    })
    child.on('close', (code, signal) => resolve(diedWithout(code, signal)))
  })
