import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseLibrary } from '../../core/interop/libraries/parse-library.ts'
import { rekordboxXml } from '../../core/interop/libraries/rekordbox/rekordbox-xml.ts'
import { traktorNml } from '../../core/interop/libraries/traktor/traktor-nml.ts'
import type { Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { exportToProgram } from './export-to-program.ts'
import { CUES_AND_GRIDS, exportGround } from './program-export.fixture.ts'
import { rekordboxXmlOf } from './rekordbox-xml.fixture.ts'

let folder: string
let store: Store
let workspace: Workspace
let remove: () => void
beforeEach(() => {
  ;({ folder, store, workspace, remove } = exportGround())
})
afterEach(() => remove())

/** A collection of Traktor with one track, whose first beat lies 26 ms after ours. */
const traktorOf = (location: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<NML VERSION="20"><HEAD COMPANY="www.native-instruments.com" PROGRAM="Traktor Pro 4"></HEAD>
<COLLECTION ENTRIES="1"><ENTRY TITLE="Song"><LOCATION ${location}></LOCATION><INFO PLAYTIME_FLOAT="48"></INFO>
<TEMPO BPM="120" BPM_QUALITY="100"></TEMPO>
<CUE_V2 NAME="AutoGrid" DISPL_ORDER="0" TYPE="4" START="26.000000" LEN="0" REPEATS="-1" HOTCUE="-1"><GRID BPM="120"></GRID></CUE_V2>
</ENTRY></COLLECTION></NML>`
const rekordboxOf = (path: string): string => rekordboxXmlOf([{ path, tempo: { start: 0.026, bpm: 120 } }])

test.each([
  ['rekordbox', rekordboxXml, '/gone', 'a.mp3', rekordboxOf('/gone/a.mp3'), 26],
  ['rekordbox, of a file that has no such offset', rekordboxXml, '/gone', 'a.wav', rekordboxOf('/gone/a.wav'), 0],
  ['Traktor on Windows', traktorNml, 'D:/Music', 'a.mp3', traktorOf('DIR="/:Music/:" FILE="a.mp3" VOLUME="D:"'), 26],
  [
    'Traktor on another disk of a Mac',
    traktorNml,
    '/Volumes/STICK',
    'Music/a.mp3',
    traktorOf('DIR="/:Music/:" FILE="a.mp3" VOLUME="STICK"'),
    26,
  ],
] as const)('cues go where the program hears them: %s', async (_, reader, root, path, text, milliseconds) => {
  const rootId = store.roots.add(root).id
  store.roots.markOffline(rootId)
  addFixtureTrack(store, { index: 1, path, kinds: ['intro', 'drop'] })
  const [into, output] = [join(folder, 'theirs'), join(folder, 'merged')]
  writeFileSync(into, text)
  const format = reader.name === 'traktor-nml' ? reader.name : 'rekordbox-xml'
  const report = await exportToProgram(workspace, { ...CUES_AND_GRIDS, format, into, output })
  expect(report.changes).toMatchObject({ addedTracks: 0, cuesBefore: 0, cuesAfter: 2 })
  expect(report.changes!.changes[0]!.movedSeconds).toBeCloseTo(milliseconds / 1000, 3)
  const [track] = parseLibrary(reader, { name: output, bytes: readFileSync(report.files[0]!) }).tracks
  expect(track!.cues.map(({ startSeconds }) => Math.round(startSeconds * 1000))).toEqual([
    milliseconds,
    16_000 + milliseconds,
  ])
})

test('a file that is not in UTF-8 is told as such', async () => {
  addFixtureTrack(store, { index: 1, kinds: ['intro'] })
  const into = join(folder, 'theirs.xml')
  writeFileSync(into, Buffer.from([0x3c, 0xff, 0xfe]))
  const asked = { ...CUES_AND_GRIDS, format: 'rekordbox-xml', into, output: join(folder, 'merged') } as const
  await expect(exportToProgram(workspace, asked)).rejects.toMatchObject({
    code: 'IMPORT_MALFORMED',
    message: `${into} is not in UTF-8.`,
  })
})
