import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { findRunningServer } from '../api/running-server.ts'

export type OpeningPlace = {
  readonly folder: string
  readonly dataDir: string
  /** Addresses for which a window was to be opened, in their order. */
  readonly windows: () => readonly string[]
  /** Ends the server that goes on by itself, where there is one. */
  readonly quit: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** Processes that were started with a variable of the environment. */
const processesWith = (variable: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(variable)
      } catch {
        // It has just ended, or is somebody else's.
        return false
      }
    })
    .map(Number)

const tryToEnd = (id: number): void => {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}

/** A place where `algiers open` opens no window but notes its address. */
export const openingPlace = (): OpeningPlace => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-open-'))
  const [dataDir, opened, browser] = ['data', 'opened', 'browser'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(browser, `#!/bin/sh\necho "$1" >> '${opened}'\n`)
  chmodSync(browser, 0o755)
  vi.stubEnv('ALGIERS_BROWSER', browser)
  vi.stubEnv('DISPLAY', ':of-this-test')
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'))
  const quit = async (): Promise<void> => {
    const running = await findRunningServer(dataDir)
    if (running === null) return
    await fetch(`${running.address}/api/quit`, { method: 'POST' })
    await expect.poll(() => findRunningServer(dataDir)).toBeNull()
  }
  /** Ends all that works on this library, also what hangs or has not begun to serve: a test that failed leaves nothing behind. */
  const endAll = async (): Promise<void> => {
    await expect
      .poll(() => {
        const left = processesWith(`ALGIERS_DATA_DIR=${dataDir}`)
        for (const id of left) tryToEnd(id)
        return left
      })
      .toEqual([])
  }
  return {
    folder,
    dataDir,
    // What is not a whole line yet is about to be written.
    windows: () =>
      existsSync(opened) ? readFileSync(opened, 'utf8').replaceAll('--app=', '').split('\n').slice(0, -1) : [],
    quit,
    remove: async () => {
      vi.unstubAllEnvs()
      await endAll()
      rmSync(folder, { recursive: true })
    },
  }
}
