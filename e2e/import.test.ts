import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
let summer = 0
let winter = 0

beforeEach(async () => {
  server = await startTestServer((store) => {
    summer = addFixtureTrack(store, { index: 1, path: 'Summer Nights.wav', kinds: [] })
    winter = addFixtureTrack(store, { index: 2, path: '07 - Winter.wav', kinds: [] })
  })
  client = createClient(server.address)
})
afterEach(() => server.close())

const file = (name: string, content: string | Uint8Array): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content as string),
})
const labelsOf = async (track_id: number): Promise<readonly string[]> =>
  (await client.listLabels({ query: { track_id } })).map(
    (label) => `${label.label_value} ${label.start_beat}–${label.end_beat}`,
  )

describe.skipIf(browserPath === undefined)('an import of labels', () => {
  test('says of each file what came of it, and takes one that fits no track into the track that is chosen, by keys', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/training`)
    const excel = 'track_path;label;start_seconds;end_seconds\r\nSummer Nights.wav;Intro;0,0;16,0\r\n'
    const marks = zipSync({
      'a/Wintermix 2019.txt': Buffer.from('0.0\t16.0\tIntro\n16.0\t32.0\tDrop\n24.0\t40.0\tBreak\n'),
    })
    await page
      .getByLabel('Label files')
      .setInputFiles([
        file('mine.csv', new Uint8Array(Buffer.from(`\ufeff${excel}`, 'utf16le'))),
        file('marks.zip', marks),
        file('Summer Nights.lab', '16.0 32.0 Drop\n32.0 40.0 applause\n'),
        file('notes.txt', 'to do: buy milk'),
      ])
    const dialog = page.getByRole('dialog', { name: 'Imported labels' })
    await dialog.getByText('2 labels imported on 1 track. For 1 file, choose the track.').waitFor()
    const row = (name: string): ReturnType<typeof dialog.getByRole> => dialog.getByRole('row', { name })
    await row('mine.csv').getByText('1 label on Summer Nights').waitFor()
    await row('Summer Nights.lab').getByText('1 label is not named after a section: applause.').waitFor()
    await row('notes.txt')
      .getByText(/^Unknown file format.*REAPER/)
      .waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])

    // Nothing but keys from here.
    await dialog.getByRole('button', { name: 'Choose the track for Wintermix 2019.txt' }).focus()
    await page.keyboard.press('Enter')
    const field = dialog.getByRole('searchbox', { name: 'Track for Wintermix 2019.txt' })
    await expect.poll(() => field.inputValue()).toBe('Wintermix 2019')
    await dialog.getByText('No track is called that. Try fewer letters.').waitFor()
    await field.fill('winter')
    await dialog
      .getByRole('button', { name: /Winter/ })
      .and(dialog.locator('li *'))
      .focus()
    await page.keyboard.press('Enter')
    await row('Wintermix 2019.txt')
      .getByText(/^2 labels on .*Winter/)
      .waitFor()
    await row('Wintermix 2019.txt')
      .getByText(/^Break 24–40 s: /)
      .waitFor()
    await dialog.getByText('4 labels imported on 2 tracks.').waitFor()
    expect(await labelsOf(summer)).toEqual(['intro 0–32', 'drop 32–64'])
    expect(await labelsOf(winter)).toEqual(['intro 0–32', 'drop 32–64'])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    // The list behind it knows them.
    await expect.poll(() => page.getByRole('table', { name: 'Labels' }).getByRole('link').count()).toBe(4)
    expect(complaints).toEqual([])
    await close()
  })
})
