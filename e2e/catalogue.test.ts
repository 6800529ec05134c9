import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CatalogueServer, startCatalogueServer } from '../src/api/start-catalogue-server.ts'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper, runWorker } from '../src/catalogue.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { NO_POSTGRES, sharedPostgres } from '../src/platform/catalogue/postgres.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

const postgres = browserPath === undefined ? null : sharedPostgres()
const folder = mkdtempSync(join(tmpdir(), 'catalogue-page-'))
let catalogue: OpenCatalogue
let server: CatalogueServer
let token = ''
/** What was refused since it was last looked at. */
const refusals: string[] = []

beforeAll(async () => {
  if (postgres === null) return
  const music = join(folder, 'music')
  mkdirSync(music)
  writeTestTrack(join(music, 'One.wav'), { bpm: 120, seed: 1, rootHz: 55 })
  const url = postgres.database()
  await initCatalogue(url, join(folder, 'objects'))
  const keeper = await openKeeper(url)
  await keeper.add(music)
  token = await keeper.grant({ name: 'mia', role: 'labeller', team: 'radio' })
  await keeper.close()
  const { signal } = new AbortController()
  await runWorker(url, { concurrency: 1, signal, untilDone: true, onEvent: () => {} })
  catalogue = await openCatalogue(url)
  server = await startCatalogueServer(catalogue, {
    host: '127.0.0.1',
    port: 0,
    report: (bug) => refusals.push(String(bug)),
    log: ({ status, method, route }) => status >= 400 && refusals.push(`${status} ${method} ${route}`),
  })
})
beforeEach(({ skip }) => skip(postgres === null, `${NO_POSTGRES}, or there is no browser`))
afterAll(async () => {
  await server?.close()
  await catalogue?.app.close()
  rmSync(folder, { recursive: true, force: true })
})

test('somebody signs in by an address, finds a track, labels it and hears it; nothing is asked for that is refused', async () => {
  const { page, settled, complaints, close } = await openPage(`${server.address}/?token=${token}`)
  await page.getByText('1 track', { exact: true }).waitFor()
  expect(new URL(page.url()).search).not.toContain(token)
  for (const name of ['Scan again', 'Bring in', 'Folders', 'Quit Algiers'])
    expect(await page.getByRole('button', { name }).count()).toBe(0)
  await settled()
  await page.getByText('One', { exact: true }).dblclick()
  await page.getByText('3 suggestions').waitFor()
  await settled()
  // However sure the model is of each.
  await page.getByRole('region', { name: 'Suggestions' }).getByRole('spinbutton').fill('0')
  await page.getByRole('button', { name: 'Accept 3' }).click()
  await page.getByText('Accepted 3 suggestions.').waitFor()
  await settled()
  await page.getByRole('button', { name: 'Play' }).click()
  await page.getByRole('button', { name: 'Pause' }).first().waitFor()
  const { labels } = (await (
    await fetch(`${server.address}/api/tracks/1`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).json()) as { labels: { label_value: string }[] }
  await page.goto(`${server.address}/training`)
  await page.getByText('3 labels on 1 track').waitFor()
  await settled()
  const labelled = page.getByRole('region', { name: 'Labels' })
  await labelled.getByText('3 labels', { exact: true }).waitFor()
  for (const role of ['link', 'button'] as const)
    expect(await labelled.getByRole(role, { name: /Export|Import|DJ program/ }).count()).toBe(0)
  expect(labels.map(({ label_value: kind }) => kind)).toEqual(['intro', 'drop', 'outro'])
  expect(refusals).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('whatever the list offers to be sorted and narrowed by is done, and what is done with a library of one’s own is not offered', async () => {
  const { page, settled, complaints, close } = await openPage(`${server.address}/?token=${token}`)
  await page.getByText('1 track', { exact: true }).waitFor()
  expect(await page.getByRole('columnheader').allInnerTexts()).not.toContain('Format')
  for (const heading of await page.locator('[role=columnheader] button:not([aria-disabled=true])').all()) {
    await heading.click()
    await settled()
  }
  const status = page.getByLabel('Status', { exact: true })
  for (const option of await status.getByRole('option').all()) {
    await status.selectOption((await option.getAttribute('value'))!)
    await settled()
  }
  await status.selectOption('present')
  await page.getByRole('button', { name: 'More filters' }).click()
  for (const field of await page.getByRole('dialog').getByRole('textbox').all()) {
    await field.fill('1')
    await settled()
  }
  for (const tick of await page.getByRole('dialog').getByRole('checkbox').all()) {
    await tick.check()
    await settled()
  }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByText('One', { exact: true }).click({ button: 'right' })
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
    expect.stringContaining('Play'),
    expect.stringContaining('Open on the desk'),
    'Show similar tracks',
    'List what mixes with it',
    expect.stringContaining('Rating, colour, comment, tags…'),
    expect.stringContaining('Add to a playlist…'),
  ])
  expect(refusals).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('somebody rates a track and tags it, finds it by that, and takes it back', async () => {
  const tag = `warm ${crypto.randomUUID().slice(0, 8)}`
  const { page, settled, complaints, close } = await openPage(`${server.address}/?token=${token}`)
  await page.getByText('1 track', { exact: true }).waitFor()
  const grid = page.getByRole('grid', { name: 'Tracks' })
  await page.getByText('One', { exact: true }).click()
  // Another try may have left it rated.
  await grid.press('0')
  await page.getByRole('group', { name: 'Not rated' }).waitFor()
  await grid.press('4')
  await page.getByRole('group', { name: 'Rated 4 of 5' }).waitFor()
  await settled()
  await grid.press('e')
  await page.getByRole('dialog').getByLabel('My tags').fill(tag)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await settled()
  const { notes } = (await (
    await fetch(`${server.address}/api/tracks/1`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as { notes: { rating: number; my_tags: string[] } }
  expect(notes).toMatchObject({ rating: 4, my_tags: [tag] })
  await grid.press('ControlOrMeta+z')
  await grid.press('ControlOrMeta+z')
  await page.getByText('Undone: rating of One').waitFor()
  await page.getByRole('group', { name: 'Not rated' }).waitFor()
  await settled()
  expect(refusals).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('somebody keeps a playlist and a smart one, opens them, and takes a change back', async () => {
  const name = `Friday ${crypto.randomUUID().slice(0, 8)}`
  const { page, settled, complaints, close } = await openPage(`${server.address}/?token=${token}`)
  await page.getByText('1 track', { exact: true }).waitFor()
  const side = page.getByRole('complementary', { name: 'Playlists' })
  const made = side.getByRole('button', { name: new RegExp(`^${name}`) })
  const makeNew = async (item: string): Promise<void> => {
    await side.getByRole('button', { name: 'New playlist or folder' }).click()
    expect(await page.getByRole('menuitem', { name: 'Bring in playlists…' }).count()).toBe(0)
    await page.getByRole('menuitem', { name: item }).click()
  }
  await makeNew('New playlist…')
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByText('No tracks yet. Drag some onto its name').waitFor()
  await side.getByRole('button', { name: 'All tracks' }).click()
  await page.getByText('One', { exact: true }).click()
  await page.getByRole('grid', { name: 'Tracks' }).press('a')
  await page.getByRole('dialog').getByLabel('Playlist').fill(name)
  await page.getByRole('dialog').getByLabel('Playlist').press('Enter')
  await page.getByText(`1 track added to “${name}”`).waitFor()
  await made.click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await page.getByText('One', { exact: true }).click()
  await page.getByRole('grid', { name: 'Tracks' }).press('Delete')
  await page.getByText('No tracks yet. Drag some onto its name').waitFor()
  await page
    .getByRole('status')
    .filter({ hasText: `1 track taken out of “${name}”` })
    .getByRole('button', { name: 'Undo' })
    .click()
  await page.getByText('One', { exact: true }).waitFor()
  await side.getByRole('button', { name: 'All tracks' }).click()
  await settled()
  await makeNew('Smart playlist of these filters…')
  await page.getByLabel('Name').fill(`${name} smart`)
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { level: 1, name: `${name} smart` }).waitFor()
  await page.getByText('One', { exact: true }).waitFor()
  expect(await side.getByText('At a glance').count()).toBe(0)
  expect(refusals).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test.each([
  ['/sets', 'Set Builder'],
  ['/graph', 'Graph'],
  ['/review', 'Review'],
  ['/settings', 'Settings'],
  ['/bring-in', 'Bring in'],
])('%s says that it is not there', async (path, name) => {
  const { page, settled, close } = await openPage(`${server.address}/?token=${token}`)
  await page.goto(server.address + path)
  await page.getByRole('heading', { name: `A shared catalogue has no ${name}` }).waitFor()
  await settled()
  expect(await page.getByRole('link', { name }).count()).toBe(0)
  expect(refusals).toEqual([])
  await close()
})
