import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findRunningServer } from '../src/api/running-server.ts'
import { startAlgiers } from '../src/cli/run-algiers.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { openStore } from '../src/platform/store/store.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let folder: string
let dataDir: string
let opened: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-failed-'))
  dataDir = join(folder, 'data')
  opened = join(folder, 'opened')
  // The window is opened by the test: it only has to know which.
  const browser = join(folder, 'browser')
  writeFileSync(browser, `#!/bin/sh\necho "$1" >> '${opened}'\n`)
  chmodSync(browser, 0o755)
  vi.stubEnv('ALGIERS_BROWSER', browser)
  vi.stubEnv('DISPLAY', ':of-this-test')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  const running = await findRunningServer(dataDir)
  if (running !== null) {
    await fetch(`${running.address}/api/quit`, { method: 'POST' })
    await expect.poll(() => findRunningServer(dataDir)).toBeNull()
  }
  rmSync(folder, { recursive: true })
})

describe.skipIf(browserPath === undefined || process.platform !== 'linux')('a start that fails', () => {
  test('on a damaged library offers its copies, and goes on in Algiers once one is restored', async () => {
    const store = openStore(dataDir)
    addLabelledTracks(store)
    await store.backups.make()
    store.close()
    writeFileSync(join(dataDir, 'algiers.db'), 'no database')
    const started = startAlgiers(dataDir, ['open', '--json'])
    await expect.poll(() => existsSync(opened)).toBe(true)
    const { page, complaints, close } = await openPage(readFileSync(opened, 'utf8').trim().replace('--app=', ''))
    try {
      await page.getByRole('heading', { name: 'Algiers could not start: library file is damaged' }).waitFor()
      await page.getByRole('button', { name: 'Try again' }).and(page.locator(':focus')).waitFor()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByRole('navigation', { name: 'Screens' }).waitFor()
      const stats = await fetch(`${new URL(page.url()).origin}/api/training/labels/stats`)
      expect(await stats.json()).toMatchObject({ total_labels: 30 })
      expect(complaints).toEqual([])
    } finally {
      await close()
    }
    expect((await started.finished).code).toBe(1)
  })
})
