import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { type Candidate, nextToLabel } from './next-to-label.ts'
import { partVectors } from './part-vectors.ts'

const at = (...places: readonly number[]): Float64Array => Float64Array.from(places)
const candidate = (trackId: number, kind: Candidate['kind'], confidence: number, vector: Float64Array): Candidate => ({
  trackId,
  kind,
  confidence,
  vector,
})
/** So many labels that the library is no longer empty, far from each other. */
const known = Array.from({ length: 12 }, (_, n) => ({ kind: 'drop' as const, vector: at(10 * n, 0) }))

test('every candidate comes once, in groups of one track and kind, and without vectors, too', () => {
  const candidates = fc.array(
    fc.record({
      trackId: fc.nat(6),
      kind: fc.constantFrom(...SECTION_KINDS),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      vector: fc.option(
        fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).map((place) => at(...place)),
      ),
    }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(candidates, fc.boolean(), (all, isEmpty) => {
      const groups = nextToLabel(all, isEmpty ? [] : known, all.length)
      expect(new Set(groups.flat())).toEqual(new Set(all))
      expect(groups.flat()).toHaveLength(all.length)
      for (const group of groups) expect(new Set(group.map(({ trackId, kind }) => `${trackId} ${kind}`)).size).toBe(1)
    }),
  )
})

describe('what comes first', () => {
  test('the least sure, all else equal', () => {
    const [first] = nextToLabel([candidate(1, 'drop', 0.9, at(5, 50)), candidate(2, 'drop', 0.4, at(15, 50))], known, 1)
    expect(first![0]!.trackId).toBe(2)
  })

  test('what is unlike all labels, all else equal', () => {
    const [first] = nextToLabel([candidate(1, 'drop', 0.5, at(20, 1)), candidate(2, 'drop', 0.5, at(25, 90))], known, 1)
    expect(first![0]!.trackId).toBe(2)
  })

  test('a kind that is hardly labelled, all else equal', () => {
    const [first] = nextToLabel([candidate(1, 'drop', 0.5, at(5, 50)), candidate(2, 'build', 0.5, at(5, 50))], known, 1)
    expect(first![0]!.kind).toBe('build')
  })

  test('parts of one form in one track are one group; the same sound in another track, or another kind, is not', () => {
    const alike = [0, 1, 2].map((n) => candidate(1, 'drop', 0.5, at(5, 50 + n)))
    const others = [candidate(2, 'drop', 0.5, at(5, 50)), candidate(1, 'break', 0.5, at(5, 50))]
    const groups = nextToLabel([...alike, ...others], known, 9)
    expect(groups.map(({ length }) => length).toSorted()).toEqual([1, 1, 3])
    expect(groups.find(([first]) => first!.kind === 'drop')).toHaveLength(3)
  })

  test('on an empty library, what stands for most of the music', () => {
    const crowd = [0, 1, 2, 3, 4].map((n) => candidate(n, 'drop', 0.5, at(n, 0)))
    const outlier = candidate(9, 'build', 0, at(200, 200))
    expect(nextToLabel([outlier, ...crowd], [], 1)[0]![0]!.vector).toEqual(at(2, 0))
  })
})

test('where a part lies weighs as much as how it sounds', () => {
  const sound = (value: number): Float32Array => Float32Array.from([value, value, value])
  const place = (start: number): Float32Array => Float32Array.from([start, start, start])
  const [a, b, c, none] = partVectors([
    { sound: sound(0), place: place(0) },
    { sound: sound(1), place: place(0) },
    { sound: sound(0), place: place(1) },
    { sound: null, place: place(1) },
  ])
  const away = (one: Float64Array, other: Float64Array): number =>
    Math.hypot(...one.map((value, at) => value - other[at]!))
  expect(away(a!, b!)).toBeCloseTo(away(a!, c!), 9)
  expect(none).toBeNull()
})
