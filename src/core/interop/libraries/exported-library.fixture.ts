import fc from 'fast-check'
import type { ExportedCue, ExportedLibrary, ExportedTrack } from './exported-library.ts'

export const exportedTrack = (partial: Partial<ExportedTrack> = {}): ExportedTrack => ({
  id: 1,
  path: '/Users/dj/Music/Song.mp3',
  title: 'Song',
  artist: 'The Band',
  album: 'Club',
  genre: 'House',
  comment: 'warm',
  year: 2019,
  durationSeconds: 300,
  sizeBytes: 6_899_712,
  bitRateKbps: 320,
  key: '11A',
  rating: 4,
  addedAt: '2024-02-29',
  grid: { anchors: [{ beat: 0, seconds: 0.1, bpm: 128 }], beatsPerBar: 4, firstDownbeat: 0 },
  cues: [],
  ...partial,
})

/** Characters that have a meaning somewhere, and some of other alphabets. */
const NAME_CHARACTERS = [...'aZ09 _-&<>"\'#?%[]{}()+;,=~!@$^`|.:éßøñ東京🎧\u0301']
/** Names as files have them: no slash, and no blank at the ends, which programs cut off. */
const names = fc
  .array(fc.constantFrom(...NAME_CHARACTERS), { minLength: 1, maxLength: 12 })
  .map((characters) => `n${characters.join('')}x`)

const paths = fc
  .tuple(fc.constantFrom('/Users', 'D:', '/home/dj'), fc.array(names, { minLength: 1, maxLength: 3 }), names)
  .map(([root, folders, name]) => [root, ...folders, `${name}.mp3`].join('/'))

const times = fc.integer({ min: 0, max: 600_000 }).map((milliseconds) => milliseconds / 1000)
const colours = fc.constantFrom('#ef4444', '#22c55e', '#3b82f6', '#ffffff', '#111111')

/** Placeholders of programs are no names, so none begins like one. */
const cues: fc.Arbitrary<ExportedCue> = fc.record({
  pad: fc.option(fc.integer({ min: 0, max: 7 })),
  startSeconds: times,
  endSeconds: fc.constant(null),
  name: names,
  colour: fc.option(colours),
})
const loops = fc
  .tuple(cues, fc.integer({ min: 1, max: 60_000 }))
  .map(([cue, length]) => ({ ...cue, endSeconds: Math.round(cue.startSeconds * 1000 + length) / 1000 }))

const grids = fc.record({
  bpm: fc.integer({ min: 6000, max: 20_000 }).map((hundredths) => hundredths / 100),
  seconds: fc.integer({ min: 0, max: 400 }).map((milliseconds) => milliseconds / 1000),
  beatsPerBar: fc.integer({ min: 3, max: 7 }),
  firstDownbeat: fc.nat(2),
})

const tracks = fc
  .record({
    path: paths,
    title: names,
    artist: fc.option(names),
    album: fc.option(names),
    comment: fc.option(names),
    year: fc.option(fc.integer({ min: 1900, max: 2100 })),
    rating: fc.option(fc.integer({ min: 1, max: 5 })),
    key: fc.option(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('A', 'B')).map((key) => key.join(''))),
    grid: fc.option(grids),
    cues: fc.array(fc.oneof(cues, loops), { maxLength: 6 }),
  })
  .map(({ grid, ...track }) =>
    exportedTrack({
      ...track,
      grid: grid && { ...grid, anchors: [{ beat: 0, seconds: grid.seconds, bpm: grid.bpm }] },
    }),
  )

/** Libraries of a few tracks on different paths, with playlists in folders. */
export const exportedLibraries: fc.Arbitrary<ExportedLibrary> = fc
  .tuple(
    fc.uniqueArray(tracks, { minLength: 1, maxLength: 4, selector: ({ path }) => path }),
    fc.uniqueArray(fc.tuple(names, fc.array(names, { maxLength: 2 }), fc.array(fc.nat(3), { maxLength: 5 })), {
      maxLength: 3,
      selector: ([name, folders]) => [...folders, name].join('/'),
    }),
  )
  .map(([found, lists]) => ({
    tracks: found.map((track, index) => ({ ...track, id: index + 1 })),
    playlists: lists.map(([name, folders, indices]) => ({
      name,
      folders,
      trackIds: indices.map((index) => (index % found.length) + 1),
    })),
  }))
