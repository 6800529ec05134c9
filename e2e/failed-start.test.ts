import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpeningPlace, openingPlace } from '../src/cli/open.fixture.ts'
import { startAlgiers } from '../src/cli/run-algiers.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { openStore } from '../src/platform/store/store.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let place: OpeningPlace

beforeEach(() => {
  place = openingPlace()
})
afterEach(() => place.remove())

describe.skipIf(browserPath === undefined || process.platform !== 'linux')('a start that fails', () => {
  test('on a damaged library offers its copies, and goes on in Algiers once one is restored', async () => {
    const store = openStore(place.dataDir)
    addLabelledTracks(store)
    await store.backups.make()
    store.close()
    writeFileSync(join(place.dataDir, 'algiers.db'), 'no database')
    const started = startAlgiers(place.dataDir, ['open', '--json'])
    await expect.poll(() => place.windows().length).toBe(1)
    const { page, complaints, close } = await openPage(place.windows()[0]!)
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
