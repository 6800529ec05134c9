import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { BEAT_COLUMNS, BEAT_ROW_LENGTH, beatRows } from './beat-context.ts'
import { extractFeatures } from './extract-features.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { HEARD_GROUPS, type HeardLevels } from './heard-levels.ts'
import { SPAN_COLUMNS, SPAN_ROW_LENGTH, spanRow } from './span-features.ts'
import { silence } from './synthetic-audio.fixture.ts'
import { prepareTrack } from './track-context.ts'

const GROUPS = Object.keys(HEARD_GROUPS)
/** At 120 BPM a beat is half a second, 21.5 frames; each window lasts two beats. */
const WINDOW_BEATS = 2
const grid = constantGrid(120, 32)
const matrixOf = (heard: HeardLevels | null): FeatureMatrix => extractFeatures(silence(16), grid, { heard })
const columnOf = ({ columns, values, beats }: FeatureMatrix, name: string): number[] =>
  Array.from({ length: beats }, (_, beat) => values[beat * columns.length + columns.indexOf(name)]!)

/** The voice is at −6 in eight windows, then at 2 in eight; every other group is at its place in the list. */
const voice = GROUPS.indexOf('heard voice')
const heard: HeardLevels = {
  windowFrames: (WINDOW_BEATS * 22050) / 512 / 2,
  values: Float32Array.from({ length: 16 * GROUPS.length }, (_, at) => {
    const group = at % GROUPS.length
    if (group !== voice) return group
    return at < 8 * GROUPS.length ? -6 : 2
  }),
  pace: null,
}

test('a beat takes what is heard around its middle, on a straight line between the windows', () => {
  const column = columnOf(matrixOf(heard), 'heard voice')
  expect(column.slice(0, 15)).toEqual(Array(15).fill(-6))
  // The middles of beats 15 and 16 lie a quarter of a window before and after the edge.
  expect(column[15]).toBeCloseTo(-4, 4)
  expect(column[16]).toBeCloseTo(0, 4)
  for (const value of column.slice(17)) expect(value).toBeCloseTo(2, 4)
  expect(columnOf(matrixOf(heard), 'heard no voice')[20]).toBeCloseTo(GROUPS.indexOf('heard no voice'), 4)
})

test('a span row tells a voice by its level, relative to the track, and over the whole track; a beat row only over the whole track', () => {
  const context = prepareTrack(matrixOf(heard), grid)
  const row = new Float32Array(SPAN_ROW_LENGTH)
  spanRow(context, { startBeat: 18, endBeat: 30 }, row, 0)
  const at = (name: string): number => row[SPAN_COLUMNS.findIndex((column) => column.name === name)]!
  expect(at('heard voice: level')).toBeCloseTo(2, 3)
  expect(at('heard voice: mean')).toBeCloseTo(1, 1)
  expect(at('heard voice: of the track')).toBeCloseTo(-2, 3)
  const ofBeats = BEAT_COLUMNS.filter(({ name }) => name.startsWith('heard')).map(({ name }) => name)
  expect(ofBeats).toEqual(GROUPS.map((name) => `${name}: of the track`))
  const beats = beatRows(context, [4, 30])
  const inBeats = (n: number): number =>
    beats[n * BEAT_ROW_LENGTH + BEAT_COLUMNS.findIndex(({ name }) => name === 'heard voice: of the track')]!
  expect([inBeats(0), inBeats(1)]).toEqual([at('heard voice: of the track'), at('heard voice: of the track')])
  expect(at('heard no voice: of the track')).toBeCloseTo(GROUPS.indexOf('heard no voice'), 3)
})

test('where nothing was heard no beat differs from another', () => {
  for (const none of [null, { windowFrames: 43, values: new Float32Array(0), pace: null }]) {
    const matrix = matrixOf(none)
    for (const name of GROUPS) expect(new Set(columnOf(matrix, name))).toEqual(new Set([-5]))
  }
})
