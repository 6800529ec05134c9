import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let config: string
let server: TestServer
let opened: OpenedPage

beforeEach(async () => {
  config = mkdtempSync(join(tmpdir(), 'algiers-config-'))
  vi.stubEnv('XDG_CONFIG_HOME', config)
  server = await startTestServer()
  vi.unstubAllEnvs()
  if (browserPath) opened = await openPage(`${server.address}/settings`)
})
afterEach(async () => {
  await opened?.close()
  await server.close()
  rmSync(config, { recursive: true })
})

describe.skipIf(browserPath === undefined || process.platform !== 'linux')('Settings', () => {
  test('Algiers is started at login, or no longer, by the keyboard alone', async () => {
    const { page } = opened
    const entry = join(config, 'autostart/algiers.desktop')
    const box = page.getByRole('checkbox', { name: 'Start Algiers when you log in' })
    await box.focus()
    await page.keyboard.press('Space')
    await expect.poll(() => existsSync(entry)).toBe(true)
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec="[^"]+" .*"open" "--at-login"$/m)
    await expect.poll(() => box.isChecked()).toBe(true)
    await page.keyboard.press('Space')
    await expect.poll(() => existsSync(entry)).toBe(false)
    await page.getByRole('checkbox', { name: /^Open its window then/ }).focus()
    await page.keyboard.press('Space')
    await expect.poll(async () => (await server.app.upkeep.settings.all()).openAtStart).toBe(false)
  })

  test('the log is shown, and a report is a file without names unless that is ticked', async () => {
    const { page, complaints } = opened
    await server.app.upkeep.log.noteError(new Error('Summer Nights could not be read'))
    await page.getByRole('button', { name: 'Show log' }).click()
    const log = page.getByRole('dialog', { name: 'Log' })
    await log.getByText('Summer Nights could not be read').waitFor()
    await log.getByText(join(server.dataDir, 'logs', 'algiers.log')).waitFor()
    await page.keyboard.press('Escape')
    const reportNow = async (): Promise<readonly [name: string, text: string]> => {
      const coming = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Make a report' }).click()
      const file = await coming
      return [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')]
    }
    const [name, text] = await reportNow()
    expect(name).toMatch(/^algiers-report-\d{4}-\d{2}-\d{2}\.txt$/)
    expect(text).toContain('INTERNAL, a fault in Algiers')
    expect(text).not.toMatch(/Summer Nights|algiers-api-/)
    await page.getByRole('checkbox', { name: /^Include titles/ }).check()
    expect((await reportNow())[1]).toContain('Summer Nights')
    expect(complaints).toEqual([])
  })
})
