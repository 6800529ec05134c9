import { type ChildProcess, spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { ErrorReport } from '../core/support/user-error.ts'

/** The same program as this one, from source or compiled. */
const MAIN = join(import.meta.dirname, `main${extname(import.meta.filename)}`)

/** What a start came to: where it is served, or why not. */
export type StartOutcome = { readonly address: string; readonly token: string | null } | { readonly error: ErrorReport }

const diedWithout = (code: number | null, signal: string | null): StartOutcome => ({
  error: {
    code: 'INTERNAL',
    title: 'Algiers ended while it was starting',
    detail: signal === null ? `It gave no reason (exit code ${code}).` : `It was ended by ${signal}.`,
    hint: 'Open it again. If that changes nothing, report it together with the log.',
  },
})

/**
 * Starts a server that goes on when this process and its terminal have ended. The first line that it prints says what came of it; all
 * else goes to the log.
 * @param log descriptor of the file for its errors; null for none
 */
export const startDetached = (dataDir: string, log: number | null): Promise<StartOutcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, MAIN, 'serve', '--no-open', '--background', '--json'], {
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', log ?? 'ignore'],
      // A drive that holds the current folder could not be ejected.
      cwd: homedir(),
      env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    })
    const { stdout } = child as ChildProcess & { readonly stdout: Readable }
    let printed = ''
    child.on('error', reject)
    stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (!printed.includes('\n')) return
      stdout.destroy()
      child.unref()
      resolve(JSON.parse(printed) as StartOutcome)
    })
    child.on('close', (code, signal) => resolve(diedWithout(code, signal)))
  })
