import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { SECTION_KINDS, type SectionKind } from '../src/core/labels/section-kind.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let server: TestServer
let music: string
let heard: string
let opened: OpenedPage
let page: Page
beforeAll(async () => {
  if (browserPath === undefined) return
  music = mkdtempSync(join(tmpdir(), 'algiers-lens-'))
  writeTestTrack(join(music, 'one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  // Whoever plays techno here names the same music the other way round.
  server = await startTestServer((store) => {
    for (let index = 0; index < 14; index++) {
      addFixtureTrack(store, { index, kinds: ['outro', 'break', 'intro'], tags: { genre: 'Techno' } })
      addFixtureTrack(store, { index: 20 + index, kinds: ['intro', 'drop', 'outro'], tags: { genre: 'House' } })
    }
  })
  await server.app.collection.addRoot(music)
  await server.app.collection.scan()
  const tracks = await server.app.collection.listTracks()
  heard = String(tracks.find(({ path }) => path?.endsWith('one.wav') === true)!.id)
  opened = await openPage(`${server.address}/training`)
  page = opened.page
})
afterAll(async () => {
  await opened?.close()
  await server?.close()
  if (music) rmSync(music, { recursive: true })
})

const labels = () => server.app.labelling.list({ track: heard })

describe.skipIf(browserPath === undefined)('words of one’s own', () => {
  test('a lens is made, its kinds label a track by button and by key, and the label is seen everywhere', async () => {
    const newLens = page.getByRole('form', { name: 'New lens' })
    await newLens.getByLabel('Lens').fill('Club')
    await newLens.getByRole('button', { name: 'Add lens' }).click()
    const newKind = page.getByRole('form', { name: 'New kind in Club' })
    await newKind.getByLabel('Kind').fill('Second drop')
    await newKind.getByLabel('Stands for').selectOption('drop')
    await newKind.getByLabel('Key').selectOption('8')
    await newKind.getByRole('button', { name: 'Add kind' }).click()
    const club = page.getByRole('listitem', { name: 'Club', exact: true })
    await club.getByText('drop, 0 labels').waitFor()
    // A name, a colour or what it stands for can be put right, by keys alone; its key is free for no other kind.
    expect(await newKind.getByLabel('Key').getByRole('option', { name: '8' }).isDisabled()).toBe(true)
    const { keyboard } = page
    const hasFocus = (one: Locator): Promise<void> => one.and(page.locator(':focus')).waitFor()
    const choose = async (kind: SectionKind): Promise<void> => {
      await keyboard.press('Home')
      for (let step = 0; step < SECTION_KINDS.indexOf(kind); step++) await keyboard.press('ArrowDown')
    }
    const change = club.getByRole('button', { name: /^Change/ })
    const changing = page.getByRole('form', { name: /^Change/ })
    await change.focus()
    await keyboard.press('Enter')
    await hasFocus(changing.getByLabel('Kind'))
    await keyboard.press('ControlOrMeta+a')
    await keyboard.type('2nd drop')
    await keyboard.press('Tab')
    await hasFocus(changing.getByLabel('Stands for'))
    await choose('break')
    await keyboard.press('Shift+Tab')
    await keyboard.press('Enter')
    await club.getByText('break, 0 labels').waitFor()
    await hasFocus(club.getByRole('button', { name: 'Change 2nd drop' }))
    await keyboard.press('Enter')
    await hasFocus(changing.getByLabel('Kind'))
    await keyboard.press('ControlOrMeta+a')
    await keyboard.type('Second drop')
    await keyboard.press('Tab')
    await choose('drop')
    for (let step = 0; step < 3; step++) await keyboard.press('Tab')
    await hasFocus(changing.getByRole('button', { name: 'Keep the change' }))
    await keyboard.press('Enter')
    await club.getByText('drop, 0 labels').waitFor()
    await hasFocus(club.getByRole('button', { name: 'Change Second drop' }))
    await keyboard.press('Enter')
    await hasFocus(changing.getByLabel('Kind'))
    for (let step = 0; step < 5; step++) await keyboard.press('Tab')
    await hasFocus(changing.getByRole('button', { name: 'Cancel' }))
    await keyboard.press('Enter')
    await hasFocus(change)
    const rename = page.getByRole('button', { name: /^Rename/ })
    await rename.focus()
    for (const name of ['Peak time', 'Club']) {
      await keyboard.press('Enter')
      await hasFocus(page.getByLabel('New name'))
      await keyboard.press('ControlOrMeta+a')
      await keyboard.type(name)
      await keyboard.press('Enter')
      await hasFocus(page.getByRole('button', { name: `Rename ${name}` }))
    }
    await keyboard.press('Enter')
    await hasFocus(page.getByLabel('New name'))
    for (let step = 0; step < 2; step++) await keyboard.press('Tab')
    await keyboard.press('Enter')
    await hasFocus(rename)
    expect(await violationsInBothThemes(page)).toEqual([])

    await page.goto(`${server.address}/desk/${heard}`)
    await page.getByRole('group', { name: 'Lens Club' }).getByRole('button', { name: 'Second drop' }).click()
    await page.getByLabel('Start', { exact: true }).fill('1')
    await page.getByLabel('End', { exact: true }).fill('9')
    await page.getByRole('button', { name: 'Add Label' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    const [own] = await server.app.labelling.lenses.kinds()
    await until(async () => (await labels())[0] ?? null)
    expect((await labels()).map(({ kind, ownKindId }) => [kind, ownKindId])).toEqual([['drop', own!.id]])
    const kind = page.getByLabel(/^Kind of the section at/)
    expect(await kind.locator('option:checked').textContent()).toBe('Second drop')
    expect(await violationsInBothThemes(page)).toEqual([])

    // A key says that it is something else, and another one that it is the own kind after all.
    await page.locator('[data-desk-focus]').first().focus()
    const saved = async (wanted: string): Promise<unknown> =>
      until(async () => {
        const [label] = await labels()
        return label && `${label.kind} ${label.ownKindId ?? ''}`.trim() === wanted ? label : null
      })
    await page.keyboard.press('1')
    await saved('intro')
    await page.keyboard.press('8')
    await saved(`drop ${own!.id}`)

    await page.goto(`${server.address}/training`)
    await page.getByRole('searchbox', { name: 'Search by track' }).fill('one.wav')
    const row = page.getByRole('table', { name: 'Labels' }).getByRole('row').filter({ hasText: 'one' })
    await row.getByText('Second drop').waitFor()
    // What changes labels asks first.
    const standFor = async (kind: SectionKind): Promise<void> => {
      await change.click()
      await changing.getByLabel('Stands for').selectOption(kind)
      await changing.getByRole('button', { name: 'Keep the change' }).click()
      await hasFocus(changing.getByRole('button', { name: 'Not yet' }))
    }
    await standFor('break')
    await changing.getByText('1 label will be break instead of drop.').waitFor()
    await keyboard.press('Enter')
    await hasFocus(changing.getByRole('button', { name: 'Keep the change' }))
    await changing.getByRole('button', { name: 'Cancel' }).click()
    await club.getByText('drop, 1 label', { exact: true }).waitFor()
    for (const kind of ['break', 'drop'] as const) {
      await standFor(kind)
      await changing.getByRole('button', { name: 'Change the labels' }).click()
      await club.getByText(`${kind}, 1 label`, { exact: true }).waitFor()
      expect((await labels()).map((label) => label.kind)).toEqual([kind])
    }
    await page.getByRole('searchbox', { name: 'Search by track' }).fill('')
    await page.goto(`${server.address}/library?q=one`)
    await page.getByRole('img', { name: /Second drop/ }).waitFor()
    expect(opened.complaints).toEqual([])
  })

  test('a genre gets a model of its own in the same training, which answers once it is active and proven', async () => {
    await page.goto(`${server.address}/training`)
    const scope = page.getByRole('form', { name: 'New scope' })
    await scope.getByLabel('Genre', { exact: true }).fill('Techno')
    await scope.getByRole('button', { name: 'Add' }).click()
    const row = page.getByRole('listitem', { name: 'Techno' })
    await row.getByText('14 tracks · 42 labels').waitFor()
    await page.getByRole('region', { name: 'Model Training' }).getByText('More', { exact: true }).click()
    await page.getByLabel('Estimate what more labels are worth').uncheck()
    // A single drop of the own kind is too little to learn a kind of, but it is a drop; nothing else has to be left out.
    await page.getByRole('button', { name: 'Start Training' }).click()
    await page.getByText(/^On Techno, v2 does better than v1/).waitFor()
    for (const version of ['v1', 'v2']) {
      const model = page.getByRole('listitem', { name: version, exact: true })
      await model.getByRole('button', { name: 'Activate' }).click()
      const anyway = page.getByRole('dialog').getByRole('button', { name: /^Activate/ })
      await anyway
        .or(model.getByText('Active', { exact: true }))
        .first()
        .waitFor()
      if (await anyway.isVisible()) await anyway.click()
      await model.getByText('Active', { exact: true }).waitFor()
    }
    await row.getByText('v2 answers for Techno.').waitFor()
    expect(await page.getByRole('listitem', { name: 'v1', exact: true }).getByText('Active').count()).toBe(1)
    expect(await violationsInBothThemes(page)).toEqual([])
    await row.getByRole('button', { name: 'Use the general version' }).click()
    await row.getByText('The general version answers.').waitFor()
    await row.getByRole('button', { name: 'Remove' }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByText('Removed the scope “Techno”').waitFor()
    await page.getByRole('button', { name: 'Take back' }).click()
    await row.getByText('v2', { exact: true }).waitFor()
    const lens = page.getByRole('listitem', { name: 'Club', exact: true })
    await lens.getByRole('button', { name: 'Remove lens' }).click()
    await lens.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Take back' }).last().click()
    await lens.getByText('drop, 1 label', { exact: true }).waitFor()
    expect(opened.complaints).toEqual([])
  })
})
