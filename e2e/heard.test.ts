import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { soundAlike } from '../src/core/similarity/sound-alike.fixture.ts'
import { wavBytes } from '../src/platform/decoding/wav-bytes.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'
import { houseTrack, writeTrack } from './dance-tracks.fixture.ts'

let music = ''
let server: TestServer
let client: Client

beforeAll(async () => {
  music = mkdtempSync(join(tmpdir(), 'algiers-heard-'))
  await writeTrack(join(music, 'house.wav'), houseTrack(1))
  const { samples, sampleRate } = soundAlike({ material: 'chord', bpm: 122 })
  writeFileSync(join(music, 'chord.wav'), wavBytes([samples], { bits: 16, sampleRate }))
  server = await startTestServer()
  client = createClient(server.address)
  await client.addRoot({ body: { path: music } })
  const { job_id } = await client.scan({ body: {} })
  await until(async () => ((await client.job({ params: { job_id } })).status === 'completed' ? true : null))
})
afterAll(async () => {
  await server.close()
  rmSync(music, { recursive: true })
})

describe.skipIf(browserPath === undefined)('what is heard', () => {
  test('tracks are found by what the network that ships hears in them, and the desk leads to the places', async () => {
    const { tracks } = await client.listTracks({ query: { q: 'house' } })
    const house = (await client.track({ params: { id: tracks[0]!.id } })).heard_tags!
    expect(house.map(({ tag }) => tag)).toContain('kick drum')
    const shown = house.filter((one) => one.shown).map(({ tag: name }) => name)
    const rare = (await client.libraryTags()).find((one) => one.tracks === 1 && shown.includes(one.tag))!
    const { tag } = rare
    const doubtful = house.find((one) => !one.shown && one.group !== 'signal' && one.share > 0.1)!.tag
    const { page, complaints, close } = await openPage(`${server.address}/library`)
    await page.getByText('2 tracks', { exact: true }).waitFor()
    await page.getByLabel('Heard in it').selectOption(tag)
    await page.getByText('1 of 2 tracks').waitFor()
    await page.getByText(tracks[0]!.title, { exact: true }).dblclick()
    const heard = page.getByRole('group').filter({ hasText: 'Heard:' })
    await heard.getByText('Heard:').click()
    expect(await heard.getByText(doubtful, { exact: false }).count()).toBe(0)
    await heard.getByRole('button', { name: /^Show \d+ doubtful$/ }).click()
    await heard.getByText(`${doubtful}?`, { exact: false }).first().waitFor()
    await heard.getByRole('button', { name: 'Hide what is doubtful' }).click()
    const place = heard.getByRole('button', { name: `${tag}: go to` }).last()
    const time = (await place.textContent())!
    await place.click()
    await page.getByText(`${time} /`, { exact: false }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  test('what the network runs on is told, and another choice takes effect with the next track', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/settings`)
    const panel = page.getByRole('region', { name: 'Sound analysis' })
    const hearing = async (): Promise<{ provider: string | null; network: string | null; tags: number | null }> =>
      (await client.health()).hearing
    const before = await hearing()
    await panel.getByText(`${before.network}, ${before.tags} tags`).waitFor()
    await panel.getByRole('definition').getByText('CPU').waitFor()
    await panel.getByRole('combobox').selectOption('CPU, as WebAssembly')
    await expect.poll(async () => (await client.settings()).inference_provider).toBe('wasm')
    const { id } = (await client.listTracks({ query: { q: 'chord' } })).tracks[0]!
    await client.analyse({ body: { track_ids: [id], new_grids: true } })
    await expect.poll(async () => (await hearing()).provider).toBe('wasm')
    await panel.getByRole('definition').getByText('CPU, as WebAssembly').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
