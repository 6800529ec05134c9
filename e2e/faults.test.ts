import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Route } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
})
afterEach(() => server.close())

const PROBLEM = {
  type: 'urn:algiers:error:storage-full',
  title: 'Disk is full',
  status: 507,
  code: 'STORAGE_FULL',
  detail: 'Nothing more fits.',
  error: 'Nothing more fits.',
  hint: 'Make room, then try again.',
}
const refuse = (route: Route): Promise<void> =>
  route.fulfill({ status: 507, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM) })

/** What the page asks for, and the screen that does. */
const ASKED: readonly (readonly [what: string, screen: string])[] = [
  ['**/api/tracks?*', '/library'],
  ['**/api/health', '/library'],
  ['**/api/roots', '/library'],
  ['**/api/jobs?*', '/library'],
  ['**/api/tags', '/library'],
  ['**/api/training/next*', '/training'],
  ['**/api/training/labels', '/training'],
  ['**/api/training/labels/stats', '/training'],
  ['**/api/training/labels/quality', '/training'],
  ['**/api/training/models?*', '/training'],
  ['**/api/training/jobs?*', '/training'],
  ['**/api/training/labels/findings*', '/review'],
  ['**/api/training/progress', '/review'],
  ['**/api/training/self-agreement', '/review'],
  ['**/api/tracks/1', '/desk/1'],
  ['**/api/tracks/1/rejections', '/desk/1'],
  ['**/api/settings', '/settings'],
  ['**/api/storage', '/settings'],
  ['**/api/backups', '/settings'],
  ['**/api/doctor', '/settings'],
]

describe.skipIf(browserPath === undefined)('what fails', () => {
  test('nothing that the server refuses is silent: cause and next action are on the screen', async () => {
    const { page, close } = await openPage(`${server.address}/settings`)
    for (const [what, screen] of ASKED) {
      await page.route(what, refuse)
      await page.goto(server.address + screen)
      const told = page.getByRole('alert').filter({ hasText: PROBLEM.title }).first()
      await told.getByText(PROBLEM.detail).waitFor()
      expect(await told.textContent(), what).toContain(PROBLEM.hint)
      await page.unroute(what)
    }
    await close()
  })

  test('a screen that cannot be fetched any more says so in its place, and the others go on', async () => {
    const { page, close } = await openPage(`${server.address}/library`)
    await page.getByRole('grid', { name: 'Tracks' }).waitFor()
    await page.route('**/settings-screen-*.js', (route) => route.abort())
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('alert').getByText('This screen could not be shown').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByRole('link', { name: 'Library' }).click()
    await page.getByRole('grid', { name: 'Tracks' }).waitFor()
    await page.goBack()
    await page.unroute('**/settings-screen-*.js')
    await page.getByRole('button', { name: 'Load the page again' }).click()
    await page.getByText('Health check').waitFor()
    await close()
  })
})

describe.skipIf(browserPath === undefined)('what is damaged on the disk', () => {
  test('a damaged version is one row among the others, and goes when it is deleted; a library that is gone is told above every screen', async () => {
    const own = await startTestServer((store) => {
      addLabelledTracks(store)
      store.models.publish({ version: 1, onnx: Uint8Array.of(1), card: {} })
    })
    const { page, complaints, close } = await openPage(`${own.address}/training`)
    const row = page.getByRole('listitem', { name: 'v1' })
    await row.getByText('its files are damaged').waitFor()
    await page.getByRole('listitem', { name: 'v0' }).getByRole('button', { name: 'Report' }).waitFor()
    await row.getByRole('button', { name: 'Delete' }).click()
    await row.getByRole('button', { name: 'Delete v1 for good' }).click()
    await row.waitFor({ state: 'detached' })
    await own.app.upkeep.backups.makeDaily()
    renameSync(join(own.dataDir, 'algiers.db'), join(own.dataDir, 'elsewhere.db'))
    await page.goto(`${own.address}/settings`)
    await page.getByRole('alert').filter({ hasText: 'The library file was deleted or moved.' }).waitFor()
    expect(complaints).toEqual([])
    await close()
    await own.close()
  })
})
