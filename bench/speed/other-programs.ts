/** What reading and writing the library of another DJ program costs, at the size of a large collection. */

import type { ExportedLibrary } from '../../src/core/interop/libraries/exported-library.ts'
import { parseLibrary } from '../../src/core/interop/libraries/parse-library.ts'
import { rekordboxXml } from '../../src/core/interop/libraries/rekordbox/rekordbox-xml.ts'
import { writeRekordboxXml } from '../../src/core/interop/libraries/rekordbox/write-rekordbox-xml.ts'
import { type BenchFigure, costOf, medianCost } from './figures.ts'

const TRACKS = 20_000
const CUES_EACH = 8
const RUNS = 3

/** Every track has a grid, four hot cues, each as a memory cue, too. */
const largeLibrary = (): ExportedLibrary => ({
  tracks: Array.from({ length: TRACKS }, (_, index) => ({
    id: index + 1,
    path: `/Users/dj/Music/Artist ${index % 900}/Album ${index % 3000}/Track ${index} (Extended Mix).mp3`,
    title: `Track ${index} (Extended Mix)`,
    artist: `Artist ${index % 900}`,
    album: `Album ${index % 3000}`,
    genre: 'House',
    comment: null,
    year: 2020,
    durationSeconds: 360,
    sizeBytes: 14_400_000,
    bitRateKbps: 320,
    key: '8A',
    rating: null,
    addedAt: '2024-01-01',
    grid: { anchors: [{ beat: 0, seconds: 0.1, bpm: 128 }], beatsPerBar: 4, firstDownbeat: 0 },
    cues: Array.from({ length: CUES_EACH }, (_, cue) => ({
      pad: cue < CUES_EACH / 2 ? cue : null,
      startSeconds: 0.1 + (cue % (CUES_EACH / 2)) * 60,
      endSeconds: null,
      name: 'Drop',
      colour: '#ef4444',
    })),
  })),
  playlists: [],
})

export const benchOtherPrograms = async (): Promise<readonly BenchFigure[]> => {
  const library = largeLibrary()
  const written = await costOf(() => writeRekordboxXml(library, '0'))
  const bytes = new TextEncoder().encode(writeRekordboxXml(library, '0'))
  const costs = []
  for (let run = 0; run < RUNS; run++)
    costs.push(await costOf(() => parseLibrary(rekordboxXml, { name: 'bench.xml', bytes })))
  const note = `${TRACKS.toLocaleString('en-GB')} tracks, ${(bytes.length / 1e6).toFixed(0)} MB, ${CUES_EACH} cues each`
  return [
    {
      measure: 'rekordbox XML, reading',
      value: medianCost(costs).wallMilliseconds / 1000,
      unit: 's',
      target: 3,
      note: `${note}; median of ${RUNS}`,
    },
    { measure: 'rekordbox XML, writing', value: written.wallMilliseconds / 1000, unit: 's', target: null, note },
  ]
}
