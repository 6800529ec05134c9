import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { serveUpdate } from '../src/cli/update-server.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

test.skipIf(browserPath === undefined)(
  'while a library is brought up to date a window says how far it is, and goes on to Algiers by itself',
  async () => {
    const update = await serveUpdate({ stage: 'checking' })
    const { page, complaints, close } = await openPage(update.address)
    const bar = page.getByRole('progressbar', { name: 'Checking the library' })
    await page.getByRole('heading', { name: 'Algiers is updating your library' }).waitFor()
    await bar.waitFor()
    expect(await bar.getAttribute('value')).toBeNull()
    update.show({ stage: 'changing', step: 2, steps: 4 })
    await page.getByRole('status').filter({ hasText: 'Step 2 of 4' }).waitFor()
    expect(await page.getByRole('progressbar', { name: 'Step 2 of 4' }).getAttribute('value')).toBe('0.25')
    const left = update.leadTo(server.address)
    await page.getByRole('heading', { name: 'Welcome to Algiers' }).waitFor()
    expect(new URL(page.url()).origin).toBe(server.address)
    await left
    expect(complaints).toEqual([])
    await close()
  },
)
