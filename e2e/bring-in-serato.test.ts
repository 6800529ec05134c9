import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { formatSeratoFrames, planSeratoMarks } from '../src/core/interop/libraries/serato/plan-serato-marks.ts'
import { formatTextChunk } from '../src/core/interop/libraries/serato/serato-chunks.ts'
import { formatCrate } from '../src/core/interop/libraries/serato/serato-crates.ts'
import { seratoDatabaseOf } from '../src/core/interop/libraries/serato/serato-database.fixture.ts'
import { NO_MARKS } from '../src/core/interop/libraries/serato/serato-marks.ts'
import { beatPeriod } from '../src/core/units/units.ts'
import { renderWav } from '../src/demo/generate-track.ts'
import type { TrackPlan } from '../src/demo/track-plan.ts'
import { readSeratoFrames } from '../src/platform/decoding/tags.ts'
import { writeSeratoFrames } from '../src/platform/tagging/write-serato-frames.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'
import { houseTrack } from './dance-tracks.fixture.ts'
import { endOfJob } from './jobs.fixture.ts'

const [ofRekordbox, ofSerato] = [houseTrack(3), houseTrack(5)]
let server: TestServer
let client: Client
let folder = ''
const music = (name = '') => join(folder, 'music', name)
const libraries = (name = '') => join(folder, 'dj', name)

const startsOf = (plan: TrackPlan): readonly { readonly name: string; readonly startSeconds: number }[] =>
  plan.sections.map(({ kind, startBeat }) => ({
    name: kind,
    startSeconds: plan.firstBeatSeconds + startBeat * beatPeriod(plan.bpm),
  }))

/** As rekordbox 5.6.1 wrote it: each hot cue as a memory cue, too, in any order; a loop; no element of playlists. */
const oldRekordboxXml = (path: string, plan: TrackPlan): string => {
  const marks = startsOf(plan).flatMap(({ name, startSeconds }, pad) => {
    const mark = (num: number) =>
      `<POSITION_MARK Name="${name}" Type="0" Start="${startSeconds.toFixed(3)}" Num="${num}"${num < 0 ? '' : ' Red="40" Green="226" Blue="20"'}/>`
    return pad % 2 === 0 ? [mark(pad), mark(-1)] : [mark(-1), mark(pad)]
  })
  const loop = `<POSITION_MARK Name="" Type="4" Start="0.500" End="4.500" Num="-1"/>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="5.6.1" Company="Pioneer DJ"/>
<COLLECTION Entries="1"><TRACK TrackID="22184" Name="Night Engine" Kind="WAV File" TotalTime="279" Rating="0"
 Location="file://localhost${encodeURI(path)}">${[...marks.toReversed(), loop].join('')}</TRACK></COLLECTION></DJ_PLAYLISTS>`
}

const tagForSerato = async (path: string, plan: TrackPlan): Promise<void> => {
  const wanted = startsOf(plan).map((cue) => ({ ...cue, endSeconds: null, colour: null }))
  const { marks } = planSeratoMarks(NO_MARKS, wanted, 'extend')
  const frames = formatSeratoFrames(marks, null, { layout: 'id3', hasOldMarks: true }, null)
  await writeSeratoFrames({ source: path, target: path, frames, backup: `${path}.before.json` })
  rmSync(`${path}.before.json`)
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-bring-in-serato-'))
  mkdirSync(music())
  mkdirSync(libraries('_Serato_/Subcrates'), { recursive: true })
  writeFileSync(music('Night Engine.wav'), await renderWav(ofRekordbox))
  writeFileSync(music('Glass Harbour.wav'), await renderWav(ofSerato))
  await tagForSerato(music('Glass Harbour.wav'), ofSerato)
  writeFileSync(libraries('rekordbox.xml'), oldRekordboxXml(music('Night Engine.wav'), ofRekordbox))
  // Serato counts from the top of the drive.
  const key = music('Glass Harbour.wav').replace(/^\//, '')
  writeFileSync(libraries('_Serato_/database V2'), seratoDatabaseOf([formatTextChunk('pfil', key)]))
  writeFileSync(libraries('_Serato_/Subcrates/Nights%%Friday.crate'), formatCrate([key]))
  server = await startTestServer()
  client = createClient(server.address)
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const kindsByFile = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  const labels = (await client.listLabels({ query: {} })).toSorted((a, b) => a.start_beat - b.start_beat)
  const byTrack = Map.groupBy(labels, ({ track_path: path }) => basename(path ?? ''))
  return Object.fromEntries(
    [...byTrack].map(([name, own]) => [name, own.map(({ label_value: kind, source }) => `${kind} ${source}`)]),
  )
}
const wantedKinds = ({ sections }: TrackPlan): readonly string[] => sections.map(({ kind }) => `${kind} imported`)

describe.skipIf(browserPath === undefined)('a folder with a library of rekordbox 5.6.1 and one of Serato', () => {
  test('is looked through, brought into an empty library, accepted, and written back for Serato', async () => {
    const { page, complaints, close } = await openPage(server.address)
    const press = (name: string | RegExp, role: 'button' | 'link' = 'button') =>
      page
        .getByRole(role, { name, exact: typeof name === 'string' })
        .first()
        .click()
    await press('Bring in its library', 'link')
    await page.getByLabel('File, folder or drive').fill(libraries())
    await press('Look through it')
    await page.getByText('rekordbox 5.6.1').waitFor()
    await page.getByText('Serato library').waitFor()
    await page.getByText('2 tracks not in the library').waitFor()

    await press('Add a folder')
    await page.getByLabel('Folder to add').fill(music())
    await page.keyboard.press('Enter')
    await page.getByText('Folder added').waitFor()
    await page.keyboard.press('Escape')
    await endOfJob(server)
    await expect.poll(async () => (await client.listTracks({ query: { status: 'analysed' } })).total).toBe(2)
    await press('Look through it')
    await page.getByText('2 tracks found in your library.').waitFor()
    await press('Bring it in')
    await page.getByRole('heading', { name: 'Review: rekordbox' }).waitFor()
    await page.getByRole('heading', { name: 'Review: Serato' }).waitFor()
    for (const program of ['rekordbox', 'Serato']) {
      await page
        .getByRole('region', { name: `Review: ${program}` })
        .getByRole('button', { name: /^Accept all \d+$/ })
        .click()
      await page
        .getByRole('region', { name: `Review: ${program}` })
        .getByText(/sections? accepted, and nothing left to decide/)
        .waitFor()
    }
    expect(await kindsByFile()).toEqual({
      'Night Engine.wav': wantedKinds(ofRekordbox),
      'Glass Harbour.wav': wantedKinds(ofSerato),
    })
    expect((await client.listPlaylists()).map(({ name, folders, tracks }) => ({ name, folders, tracks }))).toEqual([
      { name: 'Friday', folders: ['Nights'], tracks: 1 },
    ])

    await page.getByRole('link', { name: 'Training' }).click()
    await press('For your DJ program…')
    await page.getByRole('combobox', { name: 'Format', exact: true }).selectOption('serato')
    await page.getByLabel('Folder for the copies').fill(join(folder, 'for-serato'))
    await press('Show what would change')
    const before = ofSerato.sections.length
    await page.getByText(`Cues there: ${before} before, ${before + ofRekordbox.sections.length} after.`).waitFor()
    expect(existsSync(join(folder, 'for-serato'))).toBe(false)
    await page.getByText('Track by track').click()
    expect(await violationsInBothThemes(page)).toEqual([])
    await press('Write it')
    await page.getByText(/cues on 2 tracks written/).waitFor()
    const frames = await readSeratoFrames(join(folder, 'for-serato', 'Night Engine.wav'))
    expect(frames?.markers2).toBeDefined()
    expect(await readSeratoFrames(music('Night Engine.wav'))).toBeNull()
    expect(complaints).toEqual([])
    await close()
  })
})
