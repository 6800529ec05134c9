/** What it costs to read a library of another DJ program, and to find its tracks in a library of ours. */
import type { ForeignTrack } from '../../src/core/interop/libraries/foreign-library.ts'
import { LIBRARY_FORMATS } from '../../src/core/interop/libraries/library-formats.ts'
import { matchTracks, type OwnTrack, suggestMoves } from '../../src/core/interop/libraries/match-tracks.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { rekordboxXmlOf } from '../../src/engine/exchange/rekordbox-xml.fixture.ts'
import { type BenchFigure, type Cost, costOf, medianCost } from './figures.ts'

const TRACKS = 20_000
const TIMES = 3
const READ_SECONDS = 3
const MATCHED_SECONDS = 2
const MARKS = 8

const pathOf = (at: number): string => `/Music/Artist ${at % 900}/Album ${at % 40}/Track ${at}.mp3`

/** Half of them where they are, a quarter on a drive that has moved, an eighth under another name, an eighth not ours. */
const libraryBytes = (): Uint8Array => {
  const random = createRandom(1)
  const text = rekordboxXmlOf(
    Array.from({ length: TRACKS }, (_, at) => ({
      path: at % 4 === 3 ? `/D:/Old${pathOf(at)}` : at % 8 === 1 ? `/other/${at}.mp3` : pathOf(at),
      title: at % 8 === 5 ? `Unknown ${at}` : `Title ${at}`,
      seconds: 200 + (at % 300),
      tempo: { start: random(), bpm: 120 + (at % 20) },
      marks: Array.from({ length: MARKS }, (_mark, place) => ({ name: `Cue ${place}`, start: 20 * place })),
    })),
  )
  return new TextEncoder().encode(text)
}

const ownTracks = (): readonly OwnTrack[] =>
  Array.from({ length: TRACKS }, (_, at) => ({
    id: at + 1,
    paths: [`/Volumes/New${pathOf(at)}`],
    sizes: [1_000_000 + at],
    title: `Title ${at}`,
    artist: null,
    durationSeconds: 200 + (at % 300),
  }))

const figure = (measure: string, cost: Cost, target: number): BenchFigure => ({
  measure,
  value: cost.wallMilliseconds / 1000,
  unit: 's',
  target,
  note: `${TRACKS.toLocaleString('en-GB')} tracks; ${(cost.cpuMilliseconds / 1000).toFixed(2)} s of processor time`,
})

export const benchExchange = async (): Promise<readonly BenchFigure[]> => {
  const [read, matched]: [Cost[], Cost[]] = [[], []]
  const own = ownTracks()
  const file = { name: 'rekordbox.xml', bytes: libraryBytes() }
  for (let time = 0; time < TIMES; time++) {
    let foreign: readonly ForeignTrack[] = []
    read.push(
      await costOf(() => {
        foreign = LIBRARY_FORMATS.find((format) => format.sniff(file))!.parse(file).tracks
      }),
    )
    matched.push(
      await costOf(() => {
        suggestMoves(matchTracks(foreign, own), own)
      }),
    )
  }
  return [
    figure('rekordbox XML, read', medianCost(read), READ_SECONDS),
    figure('matched against as many', medianCost(matched), MATCHED_SECONDS),
  ]
}
