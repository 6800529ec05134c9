/** What cables, broken drives and hostile hands do to binary libraries, and what must be true of whatever is read from them. */
import type { Random } from '../../support/random.ts'
import { UserError } from '../../support/user-error.ts'
import { inflateBlob } from './engine/engine-blobs.ts'
import { engineDatabase } from './engine/engine-database.ts'
import { engineTables, oldEngineTables, packed } from './engine/engine-rows.fixture.ts'
import { type ForeignLibrary, type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from './foreign-library.ts'
import type { ForeignRow, ForeignTables } from './foreign-rows.ts'
import { mixxxDatabase } from './mixxx/mixxx-database.ts'
import { mixxxTables } from './mixxx/mixxx-rows.fixture.ts'
import { driveFiles, folderOf } from './rekordbox/drive.fixture.ts'
import { rekordboxFolder } from './rekordbox/rekordbox-folder.ts'
import { formatMarkers } from './serato/markers-old.ts'
import { formatMarkers2 } from './serato/markers2.ts'
import { encodeSeratoBase64 } from './serato/serato-base64.ts'
import { formatSeratoGrid } from './serato/serato-beat-grid.ts'
import { formatCrate } from './serato/serato-crates.ts'
import { seratoDatabaseBytes } from './serato/serato-database.fixture.ts'
import { seratoFolder } from './serato/serato-folder.ts'
import { openSeratoEnvelope } from './serato/serato-frames.ts'
import type { SeratoMarks } from './serato/serato-marks.ts'
import { withSeratoFrames } from './serato/serato-track.ts'
import { createWarningTally } from './warning-tally.ts'

/** Numbers that lie: of lengths, counts and places. */
const LIES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff] as const

const setNumber = (bytes: Uint8Array, at: number, value: number, random: Random): void => {
  if (at + 4 <= bytes.length) new DataView(bytes.buffer).setUint32(at, value, random() < 0.3)
}

/** Cut off, with bytes or numbers changed, stretches repeated or left out. */
const garble = (bytes: Uint8Array, random: Random): Uint8Array => {
  const at = (length = bytes.length): number => Math.floor(random() * length)
  const way = at(5)
  if (way === 0) return bytes.slice(0, at())
  const changed = bytes.slice()
  if (way === 1) {
    for (let change = 0; change <= at(8); change += 1) changed[at()] = at(256)
    return changed
  }
  if (way === 2) {
    for (let change = 0; change <= at(4); change += 1) setNumber(changed, at(), LIES[at(LIES.length)]!, random)
    return changed
  }
  const [start, end] = [at(), at()].sort((a, b) => a - b) as [number, number]
  return way === 3
    ? Uint8Array.from([...bytes.subarray(0, end), ...bytes.subarray(start)])
    : Uint8Array.from([...bytes.subarray(0, start), ...bytes.subarray(end)])
}

const pick = <Item>(items: readonly Item[], random: Random): Item => items[Math.floor(random() * items.length)]!

const garbleOne = (files: Record<string, Uint8Array>, random: Random): Record<string, Uint8Array> => {
  const name = pick(Object.keys(files), random)
  return { ...files, [name]: garble(files[name]!, random) }
}

const ODD_VALUES = [
  null,
  '',
  'x',
  -1,
  0,
  1e308,
  -1e308,
  2 ** 53,
  Number.NaN,
  '9'.repeat(400),
  new Uint8Array(3),
] as const

/** A cell of any table; what is packed is sometimes garbled within. */
const garbleCell = (value: ForeignRow[string], random: Random): ForeignRow[string] => {
  if (!(value instanceof Uint8Array) || random() < 0.2) return pick(ODD_VALUES, random)
  const inner = random() < 0.5 ? inflateBlob(value) : null
  return inner === null ? garble(value, random) : packed(garble(inner, random))
}

const garbleTables = (tables: ForeignTables, random: Random): ForeignTables => {
  const name = pick(Object.keys(tables), random)
  const rows = tables[name]!
  const index = Math.floor(random() * rows.length)
  const column = pick(Object.keys(rows[index]!), random)
  const row = { ...rows[index]!, [column]: garbleCell(rows[index]![column]!, random) }
  return { ...tables, [name]: rows.with(index, row) }
}

const MARKS: SeratoMarks = {
  cues: [
    { pad: 0, startMs: 0, colour: 0xcc0000, name: 'Intro é' },
    { pad: 6, startMs: 90_000, colour: 0x00cccc, name: '' },
  ],
  loops: [{ slot: 1, startMs: 5000, endMs: 9000, isLocked: true, name: 'Build' }],
  trackColour: 0xff9999,
  isGridLocked: true,
}
const GRID = {
  anchors: [
    { seconds: 0.5, bpm: 120, beatOfBar: 0 },
    { seconds: 60.5, bpm: 126, beatOfBar: 0 },
  ],
}
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** The content of Markers2 is in base64: garbled outside, only letters would change. */
const garbledMarkers2 = (random: Random): Uint8Array => {
  const frame = formatMarkers2(MARKS)
  if (random() < 0.3) return garble(frame, random)
  const content = openSeratoEnvelope(new TextDecoder().decode(frame.subarray(2)).replaceAll('\0', ''))
  return Uint8Array.from([1, 1, ...latin1(encodeSeratoBase64(garble(content, random)))])
}

const ofTrack = (track: ForeignTrack): ForeignLibrary => ({
  program: 'Serato',
  version: null,
  tracks: [track],
  playlists: [],
  warnings: [],
})

const readGarbledFrames = (random: Random): ForeignLibrary => {
  const layout = pick(['id3', 'mp4'] as const, random)
  const frames = {
    layout,
    markers2: random() < 0.8 ? garbledMarkers2(random) : formatMarkers2(MARKS),
    ...(random() < 0.5 ? { markers: garble(formatMarkers(MARKS, layout), random) } : {}),
    beatGrid: garble(formatSeratoGrid(GRID), random),
    autotags: garble(latin1('\u0001\u0001126.00\x00-3.2\x000.0\0'), random),
  }
  openSeratoEnvelope(new TextDecoder('latin1').decode(garble(latin1(encodeSeratoBase64(frames.markers2)), random)))
  return ofTrack(withSeratoFrames({ ...UNKNOWN_FOREIGN_TRACK, durationSeconds: 300 }, frames, createWarningTally()))
}

const seratoFiles = (): Record<string, Uint8Array> => ({
  '_Serato_/database V2': seratoDatabaseBytes(),
  '_Serato_/Subcrates/Nights%%Late.crate': formatCrate(['Music/a.mp3', 'Music/b.mp3']),
})

/** Each reads what was garbled. @throws UserError where nothing can be read */
export const GARBLED_READERS: Readonly<Record<string, (random: Random) => ForeignLibrary>> = {
  'rekordbox drive': (random) => rekordboxFolder.parse(folderOf(garbleOne(driveFiles(), random))),
  'Serato library': (random) => seratoFolder.parse(folderOf(garbleOne(seratoFiles(), random))),
  'Serato tags': readGarbledFrames,
  Mixxx: (random) => mixxxDatabase.parse(garbleTables(mixxxTables(), random)),
  'Engine DJ': (random) => engineDatabase.parse(garbleTables(pick([engineTables, oldEngineTables], random)(), random)),
}

const isFiniteOrNull = (value: number | null): boolean => value === null || Number.isFinite(value)

/** @returns what is wrong with a track; nothing where it is fit to be worked with */
const faultsOf = ({ grid, cues, phrases, ...track }: ForeignTrack): string[] => [
  ...(cues.every(
    ({ startSeconds, endSeconds }) =>
      Number.isFinite(startSeconds) && (endSeconds === null || endSeconds > startSeconds),
  )
    ? []
    : ['a cue']),
  ...(cues.every(({ startSeconds }, index) => index === 0 || startSeconds >= cues[index - 1]!.startSeconds)
    ? []
    : ['the order of cues']),
  ...(phrases.every(({ startSeconds, endSeconds }) => endSeconds > startSeconds) ? [] : ['a phrase']),
  ...((grid?.anchors ?? []).every(({ seconds, bpm }) => Number.isFinite(seconds) && bpm > 0 && bpm < 1000)
    ? []
    : ['an anchor']),
  ...((grid?.beats ?? []).every(Number.isFinite) ? [] : ['a beat']),
  ...([track.bpm, track.durationSeconds, track.sizeBytes, track.rating, track.year, track.playCount].every(
    isFiniteOrNull,
  )
    ? []
    : ['a figure']),
  ...(track.rating === null || (track.rating >= 1 && track.rating <= 5) ? [] : ['a rating']),
]

/** @returns how it ended; throws what no reader may throw */
export const readGarbled = (
  name: string,
  random: Random,
): { readonly end: 'read' | 'refused'; readonly faults: readonly string[] } => {
  try {
    const { tracks } = GARBLED_READERS[name]!(random)
    return { end: 'read', faults: tracks.flatMap(faultsOf) }
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'IMPORT_MALFORMED') throw error
    return { end: 'refused', faults: [] }
  }
}
