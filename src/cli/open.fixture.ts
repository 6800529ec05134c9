import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  return {
    folder,
    dataDir,
    windows: () => (existsSync(opened) ? readFileSync(opened, 'utf8').trim().replaceAll('--app=', '').split('\n') : []),
    quit,
    remove: async () => {
      vi.unstubAllEnvs()
      await quit()
      rmSync(folder, { recursive: true })
    },
  }
}
