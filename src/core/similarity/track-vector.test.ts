import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { extractFeatures } from '../features/extract-features.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { nearestRows } from './nearest-rows.ts'
import { MATERIALS, type SoundAlike, soundAlike } from './sound-alike.fixture.ts'
import { SoundTable } from './sound-table.ts'
import { trackVector, trackVectorSpecString } from './track-vector.ts'

const BEATS = 48
const featuresOf = (sound: SoundAlike): FeatureMatrix =>
  extractFeatures(soundAlike({ beats: BEATS, ...sound }), constantGrid(sound.bpm, BEATS))

/** Each material as it is, much softer, and faster. */
const VERSIONS = [
  { bpm: 124, gain: 1, seed: 1 },
  { bpm: 124, gain: 0.2, seed: 100 },
  { bpm: 134, gain: 0.7, seed: 200 },
] as const
const sounds = MATERIALS.flatMap((material) => VERSIONS.map((version) => ({ material, ...version })))
const matrices = sounds.map(featuresOf)

test('the same music at another gain and at another tempo is nearer than any other music', () => {
  const vectors = matrices.map((matrix) => ({ features: trackVector(matrix), embedding: null }))
  const table = new SoundTable(vectors, { features: 1, embedding: 0 })
  for (const [to, { material }] of sounds.entries()) {
    const nearest = nearestRows(table.distancesFrom(to), { count: sounds.length, except: new Set([to]) })
    const materials = nearest.map(({ row }) => sounds[row]!.material)
    expect(materials.slice(0, 2), `${material} ${to}`).toEqual([material, material])
    expect(nearest[2]!.distance / nearest[1]!.distance, `${material} ${to}`).toBeGreaterThan(2)
  }
})

test('means come first, then deviations, of beats that are heard', () => {
  const columns = matrices[0]!.columns
  const place = columns.indexOf('mfcc 1')
  const levels = [-10, -12, -90, -14]
  const mfcc = [3, 5, 1000, 7]
  const values = Float32Array.from({ length: 4 * columns.length }, (_, index) => {
    const [beat, column] = [Math.floor(index / columns.length), index % columns.length]
    if (column === place) return mfcc[beat]!
    return column === columns.indexOf('rms') ? levels[beat]! : 0
  })
  const vector = trackVector({ columns, beats: 4, values })
  expect(vector[0]).toBe(5)
  expect(vector[vector.length / 2]).toBeCloseTo(Math.sqrt(8 / 3), 6)
  expect(vector.filter((value) => value !== 0)).toHaveLength(2)
})

test('silence after the end changes nothing', () => {
  const silent = Float32Array.from({ length: matrices[0]!.columns.length }, (_, column) => matrices[0]!.values[column]!)
  silent[matrices[0]!.columns.indexOf('rms')] = -120
  const { columns, beats, values } = matrices[0]!
  const longer = { columns, beats: beats + 1, values: Float32Array.from([...values, ...silent]) }
  expect(trackVector(longer)).toEqual(trackVector(matrices[0]!))
})

test('a matrix without beats or without the columns has no vector', () => {
  const { columns } = matrices[0]!
  expect(() => trackVector({ columns, beats: 0, values: new Float32Array(0) })).toThrow('without beats')
  expect(() => trackVector({ columns: ['rms'], beats: 1, values: new Float32Array(1) })).toThrow('"mfcc 1"')
})

test('the columns come in the order of the vectors that libraries keep, and the spec names them', () => {
  const names: readonly string[] = JSON.parse(trackVectorSpecString())[3]
  const some = [
    ...['mfcc 1', 'mfcc 12', 'centroid', 'rolloff', 'flatness', 'flatness high'],
    ...['crest', 'dynamic range', 'second half over first'],
    ...['struck share low', 'onset mean kick', 'density kick', 'onset mean mid', 'pattern kick 0/4', 'pattern hat 3/4'],
  ]
  expect(names.filter((name) => some.includes(name))).toEqual(some)
})
