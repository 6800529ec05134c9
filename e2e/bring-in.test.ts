import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { beatPeriod } from '../src/core/units/units.ts'
import { renderWav } from '../src/demo/generate-track.ts'
import { rekordboxXmlOf } from '../src/engine/exchange/rekordbox-xml.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'
import { houseTrack } from './dance-tracks.fixture.ts'
import { endOfJob } from './jobs.fixture.ts'

const plan = houseTrack(3)
let server: TestServer
let client: Client
let folder = ''
const music = () => join(folder, 'music')
const library = () => join(folder, 'rekordbox.xml')

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-bring-in-'))
  mkdirSync(music())
  writeFileSync(join(music(), 'Night Engine.wav'), await renderWav(plan))
  // The library was written on another machine, whose music lay on drive D; the drops have a name of the person's own.
  const marks = plan.sections.map(({ kind, startBeat }) => ({
    name: kind === 'drop' ? 'Mainfloor' : kind,
    start: plan.firstBeatSeconds + startBeat * beatPeriod(plan.bpm),
  }))
  writeFileSync(library(), rekordboxXmlOf([{ path: '/D:/Sets/Night Engine.wav', marks }]))
  server = await startTestServer()
  client = createClient(server.address)
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const kinds = async (): Promise<readonly string[]> =>
  (await client.listLabels({ query: {} })).map(({ label_value: kind, source }) => `${kind} ${source}`)

describe.skipIf(browserPath === undefined)('a library of another DJ program', () => {
  test('is brought into an empty library, up to accepted labels, by keys alone, and taken back as one', async () => {
    const { page, complaints, close } = await openPage(server.address)
    const press = async (name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> => {
      await page.getByRole(role, { name, exact: typeof name === 'string' }).focus()
      await page.keyboard.press('Enter')
    }
    await press('Bring in its library', 'link')
    await page.getByLabel('File, folder or drive').fill(library())
    await page.keyboard.press('Enter')
    await page.getByText('1 track not in the library').waitFor()

    await press('Add a folder')
    await page.getByLabel('Folder to add').fill(music())
    await page.keyboard.press('Enter')
    await page.getByText('Folder added').waitFor()
    const look = await client.listJobs({ query: { kind: 'look-through', limit: 1 } })
    expect(look[0]!.status).toBe('completed')
    await endOfJob(server)
    await expect.poll(async () => (await client.listTracks({ query: { status: 'analysed' } })).total).toBe(1)

    await page.getByLabel('Folder there').fill('D:/Sets')
    await page.getByLabel('The same folder here').fill(music())
    await page.keyboard.press('Enter')
    await page.getByText('1 track found in your library.').waitFor()
    await page.getByText(/sections? would be suggested on 1 track/).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])

    const question = page.getByLabel('What Mainfloor stands for')
    await question.focus()
    await page.keyboard.type('drop')
    expect(await question.inputValue()).toBe('drop')
    await press('Bring it in')
    await page.getByRole('heading', { name: 'Review: rekordbox' }).waitFor()
    expect(await kinds()).toEqual([])

    await press('Accept every drop')
    await page.getByText(/^\d+ sections? accepted on 1 track$/).waitFor()
    const drops = await kinds()
    expect(new Set(drops)).toEqual(new Set(['drop imported']))
    expect(drops).toHaveLength(plan.sections.filter(({ kind }) => kind === 'drop').length)
    await press('Undo')
    await page.getByText(/labels? taken back$/).waitFor()
    expect(await kinds()).toEqual([])

    await press(/^Accept all \d+$/)
    await page.getByText(/sections accepted, and nothing left to decide/).waitFor()
    expect(new Set((await kinds()).map((one) => one.split(' ')[0]))).toEqual(
      new Set(plan.sections.map(({ kind }) => kind)),
    )
    expect(await violationsInBothThemes(page)).toEqual([])
    expect((await client.listPlaylists()).map(({ name, folders, tracks }) => ({ name, folders, tracks }))).toEqual([
      { name: 'Friday', folders: ['Nights'], tracks: 1 },
    ])

    await press('Take it back')
    await page.getByText(/Take back everything that came from rekordbox/).waitFor()
    await press('Take it back')
    await page.getByText('Import taken back').waitFor()
    expect([await kinds(), await client.listPlaylists()]).toEqual([[], []])
    expect(complaints).toEqual([])
    await close()
  })
})
