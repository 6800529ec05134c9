import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let folder: string
let server: TestServer
let opened: OpenedPage
let page: Page

beforeAll(async () => {
  if (browserPath === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'algiers-player-'))
  for (const [index, name] of ['a', 'b', 'c'].entries())
    writeTestTrack(join(folder, `${name}.wav`), { bpm: 128, seed: index, rootHz: 55 })
  writeFileSync(join(folder, 'd.wav'), Buffer.concat([Buffer.from('RIFF\x24\x00\x00\x00WAVE'), Buffer.alloc(4000, 7)]))
  server = await startTestServer()
  await server.app.collection.addRoot(folder)
  await server.app.collection.scan()
})
afterAll(async () => {
  await server?.close()
  if (folder) rmSync(folder, { recursive: true })
})

const player = () => page.getByRole('region', { name: 'Player' })
/** Its title is made of the name of its file. */
const named = (name: string): string => `${name}(?:\\.wav)?$`
const plays = (name: string): Promise<void> =>
  player()
    .getByTitle(new RegExp(`^${named(name)}`))
    .waitFor()
const start = (name: string): Promise<void> =>
  page
    .getByRole('grid')
    .getByRole('button', { name: new RegExp(`^Play ${named(name)}`) })
    .click()

describe.skipIf(browserPath === undefined)('the player', () => {
  beforeEach(async () => {
    opened = await openPage(`${server.address}/library`)
    ;({ page } = opened)
    return async () => {
      expect(opened.complaints).toEqual([])
      await opened.close()
    }
  })

  test('before and after are those of the list that it was started from, by button and by key, and its ends are told', async () => {
    await start('b')
    await plays('b')
    await player().getByRole('button', { name: 'Next track' }).click()
    await player()
      .getByTitle('c.wav')
      .or(player().getByTitle('c', { exact: true }))
      .waitFor()
    await page.getByRole('grid', { name: 'Tracks' }).focus()
    await page.keyboard.press('Shift+P')
    await page.keyboard.press('Shift+P')
    await player()
      .getByTitle(/^a(\.wav)?$/)
      .waitFor()
    await page.keyboard.press('Shift+P')
    await page.getByText('This is the first track of the list').waitFor()
    // The other way round, the one after is the one that was before.
    await page.getByRole('columnheader', { name: 'Title' }).getByRole('button').click()
    await start('b')
    await page.keyboard.press('Shift+N')
    await player()
      .getByTitle(/^a(\.wav)?$/)
      .waitFor()
  })

  test('a track that was first open on the desk goes on in the library as it is listed', async () => {
    const { tracks } = await createClient(server.address).listTracks({ query: { q: 'b' } })
    await page.goto(`${server.address}/desk/${tracks[0]!.id}`)
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'All tracks' }).click()
    await player().getByRole('button', { name: 'Next track' }).click()
    await plays('c')
    // The file after it is broken, and would only stop the music.
    await player().getByRole('button', { name: 'Next track' }).click()
    await page.getByText('This is the last track of the list').waitFor()
    await player().getByRole('button', { name: 'Previous track' }).click()
    await plays('b')
  })

  test('at its end the next one begins, unless that is switched off, which is remembered', async () => {
    await start('a')
    const position = player().getByRole('slider', { name: /^Position/ })
    const toTheEnd = async (): Promise<void> => {
      await position.focus()
      await page.keyboard.press('End')
    }
    await toTheEnd()
    await player()
      .getByTitle(/^b(\.wav)?$/)
      .waitFor()
    await player()
      .getByRole('button', { name: /^Tempo/ })
      .click()
    await page.getByLabel('Continue with the next track at the end').uncheck()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.keyboard.press('Escape')
    await toTheEnd()
    await player().getByRole('button', { name: 'Play', exact: true }).waitFor()
    await player()
      .getByTitle(/^b(\.wav)?$/)
      .waitFor()
    await page.reload()
    await start('c')
    await player()
      .getByRole('button', { name: /^Tempo/ })
      .click()
    expect(await page.getByLabel('Continue with the next track at the end').isChecked()).toBe(false)
  })

  test('the time that is left, and a tempo that the shown BPM follow', async () => {
    await start('a')
    await player().getByTitle('Time played', { exact: false }).click()
    await player()
      .getByText(/^−0:\d\d \/ 0:/)
      .waitFor()
    await player().getByText('128.0 BPM').waitFor()
    await player()
      .getByRole('button', { name: /^Tempo/ })
      .click()
    await page.getByRole('spinbutton', { name: 'Tempo' }).fill('5')
    await player().getByText('134.4 BPM').waitFor()
    await page.getByRole('slider', { name: 'Tempo in percent' }).focus()
    await page.keyboard.press('ArrowLeft')
    await player().getByRole('button', { name: 'Tempo +4.9 %' }).waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await player().getByText('128.0 BPM').waitFor()
  })

  test('of a file that is broken nobody says that it can be labelled', async () => {
    await start('d')
    await page.getByRole('alert').getByText('This file cannot be played', { exact: true }).waitFor()
    await page.getByRole('alert').getByText('It cannot be labelled.').waitFor()
  })
})
