import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-life-'))
const music = join(folder, 'Crate')
let server: TestServer
let opened: OpenedPage
let page: Page

const rowOf = (title: string): Locator => page.getByRole('row').filter({ hasText: title })
const titles = (): Promise<string[]> => page.locator('[data-index] [role=gridcell]:first-child span').allTextContents()
const chooseInMenu = async (title: string, item: string): Promise<void> => {
  await rowOf(title).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
}

beforeAll(async () => {
  if (browserPath === undefined) return
  mkdirSync(music)
  for (const [seed, name] of ['Alpha', 'Bravo', 'Charlie'].entries())
    writeTestTrack(join(music, `${name}.wav`), { bpm: 126, seed, rootHz: 55 })
  writeFileSync(join(music, 'Broken.mp3'), 'no music in here')
  server = await startTestServer()
  await server.app.collection.addRoot(music)
  await server.app.collection.scan()
  await server.app.labelling.add('Alpha', { kind: 'drop', startBeat: 16, endBeat: 48 })
  opened = await openPage(`${server.address}/library`)
  page = opened.page
})
afterAll(async () => {
  await opened?.close()
  await server?.close()
  rmSync(folder, { recursive: true })
})

describe.skipIf(browserPath === undefined)('a folder out of the library, and back', () => {
  test('a broken file is named as broken, found by its number, ignored, and read again in the settings', async () => {
    await page.getByRole('button', { name: '1 cannot be read' }).click()
    await expect.poll(titles).toEqual(['Broken'])
    expect(await rowOf('Broken').getByRole('gridcell').last().textContent()).toBe('cannot be read')
    await chooseInMenu('Broken', 'Ignore this file')
    await page.getByText('1 file ignored').first().waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await rowOf('Alpha').waitFor()
    await expect.poll(titles).toEqual(['Alpha', 'Bravo', 'Charlie'])
    await page.getByRole('button', { name: '1 file ignored' }).click()
    await page.getByText('1 ignored file').click()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByRole('button', { name: 'Read again: Broken' }).click()
    await page.getByText('1 ignored file').waitFor({ state: 'detached' })
    await page.goto(`${server.address}/library`)
    await rowOf('Broken').waitFor()
  })

  test('a track without labels is removed at once, which can be taken back; one with labels is asked about', async () => {
    await chooseInMenu('Charlie', 'Remove from library')
    await rowOf('Charlie').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await rowOf('Charlie').waitFor()
    await chooseInMenu('Alpha', 'Remove from library')
    const asking = page.getByRole('dialog', { name: 'Remove 1 track from the library?' })
    await asking.getByText('Your work on it goes too: 1 label.').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await asking.getByRole('button', { name: 'Keep it' }).click()
    await asking.waitFor({ state: 'detached' })
    await rowOf('Alpha').waitFor()
  })

  test('the question before a folder goes tells what goes, and what is kept is listed under Missing, nowhere else', async () => {
    await page.getByRole('button', { name: 'Folders', exact: true }).click()
    await page.getByRole('button', { name: `Remove ${music}` }).click()
    await page.getByText('3 tracks go; 1 track with your work is kept under Missing. No file is touched.').waitFor()
    await page.getByRole('button', { name: 'Remove folder' }).click()
    await page.getByText('Folder removed').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Your folders are no longer in the library.').waitFor()
    await page.getByRole('button', { name: 'Show missing tracks' }).click()
    await expect.poll(titles).toEqual(['Alpha'])
    expect(await page.getByRole('combobox', { name: 'Status' }).inputValue()).toBe('missing')
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.goto(`${server.address}/training`)
    const next = page.getByRole('region', { name: 'What to label next' })
    await next.getByText('Choose a track in the').waitFor()
    expect(await next.getByText('Alpha').count()).toBe(0)
  })

  test('the missing track is found in the renamed folder with its label, and the folder is read', async () => {
    renameSync(music, join(folder, 'Renamed crate'))
    await page.goto(`${server.address}/library`)
    await page.getByRole('button', { name: 'Show missing tracks' }).click()
    await chooseInMenu('Alpha', 'Relocate…')
    const dialog = page.getByRole('dialog', { name: 'Relocate “Alpha”' })
    const field = dialog.getByLabel('Folder or file where it lies now')
    await field.fill(join(folder, 'Renamed crate/Bravo.wav'))
    await dialog.getByRole('button', { name: 'Look here' }).click()
    await dialog.getByRole('alert').filter({ hasText: 'Different recording' }).waitFor()
    await field.fill(folder)
    await dialog.getByRole('button', { name: 'Look inside' }).click()
    await dialog.getByRole('button', { name: 'Renamed crate' }).click()
    await dialog.getByText('Bravo').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Look here' }).click()
    await page.getByText('1 track found').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    for (const title of ['Alpha', 'Bravo', 'Charlie', 'Broken']) await rowOf(title).waitFor()
    expect((await server.app.labelling.list({ track: 'Alpha' })).map(({ kind }) => kind)).toEqual(['drop'])
    expect(opened.complaints).toEqual([])
  })

  test('the palette does the same with what is selected', async () => {
    await rowOf('Bravo').click()
    await rowOf('Charlie').click({ modifiers: ['Control'] })
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Find a track, a screen or an action' })
    await palette.waitFor()
    await page.keyboard.type('ignore selected')
    await palette.getByRole('option', { name: 'Ignore the files of the selected tracks' }).waitFor()
    await page.keyboard.press('Enter')
    await rowOf('Charlie').waitFor({ state: 'detached' })
    await expect.poll(async () => (await titles()).toSorted()).toEqual(['Alpha', 'Broken'])
    expect(opened.complaints).toEqual([])
  })
})
