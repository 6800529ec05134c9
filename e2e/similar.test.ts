import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'
import { houseTrack, writeTrack } from './dance-tracks.fixture.ts'

const NAMES = ['dawn', 'dusk', 'noon'] as const

let music = ''
let server: TestServer
let client: Client
const ids: number[] = []
const titles: string[] = []

beforeAll(async () => {
  music = mkdtempSync(join(tmpdir(), 'algiers-similar-'))
  for (const [index, name] of NAMES.entries()) await writeTrack(join(music, `${name}.wav`), houseTrack(index + 1))
  server = await startTestServer()
  client = createClient(server.address)
  await client.addRoot({ body: { path: music } })
  const { job_id } = await client.scan({ body: {} })
  await until(async () => ((await client.job({ params: { job_id } })).status === 'completed' ? true : null))
  for (const name of NAMES) {
    const { tracks } = await client.listTracks({ query: { q: name } })
    ids.push(tracks[0]!.id)
    titles.push(tracks[0]!.title)
    for (const [start, label] of [
      [0, 'intro'],
      [32, 'drop'],
      [64, 'outro'],
    ] as const) {
      const body = { track_id: tracks[0]!.id, label_value: label, start_beat: start, end_beat: start + 32 }
      await client.addLabel({ query: { overlap: 'trim' }, body })
    }
  }
})
afterAll(async () => {
  await server.close()
  rmSync(music, { recursive: true })
})

describe.skipIf(browserPath === undefined)('what sounds alike', () => {
  test('similar tracks say than how many they are closer, and can be narrowed to what mixes', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/library`)
    await page.getByText(titles[0]!, { exact: true }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Show similar tracks' }).click()
    const dialog = page.getByRole('dialog', { name: `Sounds like ${titles[0]}` })
    await dialog
      .getByText(/closer than \d+ % of your tracks/)
      .first()
      .waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await dialog.getByLabel(/only what mixes/).check()
    await dialog
      .getByText(/Nothing mixes with it|closer than/)
      .first()
      .waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('two selected tracks are judged as a transition, either way round', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/library`)
    await page.getByText(titles[0]!, { exact: true }).click()
    await page.getByText(titles[1]!, { exact: true }).click({ modifiers: ['ControlOrMeta'] })
    await page.getByRole('button', { name: 'Judge the transition' }).click()
    const dialog = page.getByRole('dialog', { name: 'From one track to the next' })
    await dialog
      .getByText(/^Bars \d+–\d+ of .*, over bars \d+–\d+ of/)
      .first()
      .waitFor()
    const judged = await client.transition({ params: { id: ids[0]! }, query: { to: String(ids[1]) } })
    await dialog.getByText(`Fits: ${judged.score!.toFixed(2)} of 1`).waitFor()
    expect(await dialog.getByText(/^Outro of/).textContent()).toContain(titles[0])
    expect(await violationsInBothThemes(page)).toEqual([])
    await dialog.getByRole('button', { name: 'The other way round' }).press('Enter')
    await dialog.getByText(`Outro of ${titles[1]}`).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('the desk lists sections of other tracks that sound like the selected one, and leads there', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/desk/${ids[0]}?beat=32`)
    const panel = page.getByRole('group').filter({ hasText: 'Similar sections' })
    await panel.getByText('Similar sections of other tracks').click()
    await panel
      .getByText(/closer than \d+ % of your sections/)
      .first()
      .waitFor()
    await panel.getByText(/Heard in it: .+; a voice in \d+ % of it/).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    // Heard from here, with the desk and its place left alone.
    await panel
      .getByRole('button', { name: /^Play the/ })
      .first()
      .click()
    await panel.getByRole('button', { name: /^Stop the/ }).click()
    await panel.getByRole('button', { name: /^Stop the/ }).waitFor({ state: 'detached' })
    await panel.getByRole('link').first().click()
    await page.waitForURL((url) => url.pathname.startsWith('/desk/') && url.pathname !== `/desk/${ids[0]}`)
    expect(complaints).toEqual([])
    await close()
  })
})
