import { beforeAll, expect, test } from 'vitest'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionModel } from '../models/section-model.ts'
import { createRandom } from '../support/random.ts'
import { trainSections } from '../training/train-sections.ts'
import { type DecidingBars, decidingBarsOf } from './deciding-bars.ts'
import { paintTwoKinds } from './painted-track.fixture.ts'
import { counterfactualText, decidingBarsText } from './why-text.ts'

const ALONE = { level: 1, elsewhere: 0 }

/**
 * Tracks of 96 beats, in the middle of which 32 always sound the same: what follows them decides whether they are a build (something louder)
 * or a break. What comes before is noise.
 */
const tracks = (count: number, seed: number) => {
  const random = createRandom(seed)
  return paintTwoKinds(count, seed).map((painted, n) => {
    const isBuild = n % 2 === 0
    const after = isBuild ? 3 * ALONE.level : ALONE.elsewhere
    const matrix = wholeMatrix(96, (beat, { name }) => {
      const noise = random() / 4
      if (name !== 'rms' && !name.startsWith('level')) return noise
      return (beat >= 32 && beat < 64 ? ALONE.level : beat >= 64 && beat < 80 ? after : ALONE.elsewhere) + noise
    })
    const label = { startBeat: 32, endBeat: 64, kind: isBuild ? 'build' : 'break', source: 'user' } as const
    return { ...painted, matrix, labels: [{ ...label, id: `${seed} ${n}` }] }
  })
}

let model: SectionModel
beforeAll(async () => {
  model = (await trainSections({ tracks: tracks(24, 1), options: { featureSpec: 'x', seed: 1, scoreboard: false } }))
    .model
})

const span = { startBeat: 32, endBeat: 64 }
const decidingOf = (track: ReturnType<typeof tracks>[number]): readonly DecidingBars[] =>
  decidingBarsOf(model, { features: track.matrix, grid: { ...track.grid, firstDownbeat: 0 } as never, span })

test('what follows decides where it is all that tells two kinds apart: the bars right after come first, and the part is sure only with them', () => {
  const builds = tracks(12, 500).filter((_, n) => n % 2 === 0)
  const first = builds.map((track) => decidingOf(track)[0]!)
  const named = first.filter(({ startBeat, endBeat }) => startBeat === 64 && endBeat === 80)
  expect(named.length).toBeGreaterThanOrEqual(builds.length - 1)
  for (const { where, before, after } of named) {
    expect(where).toBe('just after')
    expect(after).toBeLessThan(before - 0.1)
  }
})

test('only bars outside are named, each once, the strongest first, with where they are and how alike they sound', () => {
  for (const track of tracks(8, 900).filter((_, n) => n % 2 === 0)) {
    const found = decidingOf(track)
    expect(found.length).toBeGreaterThan(0)
    const changes = found.map(({ before, after }) => Math.abs(before - after))
    expect(changes).toEqual(changes.toSorted((a, b) => b - a))
    expect(new Set(found.map(({ startBeat }) => startBeat)).size).toBe(found.length)
    for (const { startBeat, endBeat, where, likeness } of found) {
      expect(endBeat <= 32 || startBeat >= 64).toBe(true)
      expect(where.startsWith('just')).toBe(endBeat === 32 || startBeat === 64)
      expect(['earlier', 'just before'].includes(where)).toBe(endBeat <= 32)
      expect(Math.abs(likeness)).toBeLessThanOrEqual(1)
    }
  }
})

test('bars that sound like the part are told from those that it is set off against', () => {
  const features = wholeMatrix(96, (beat, { name }) =>
    name === 'rms' && ((beat >= 32 && beat < 64) || beat >= 80) ? 1 : 0,
  )
  const near = decidingBarsOf(model, {
    features,
    grid: { beatsPerBar: 4, firstDownbeat: 0, firstPhrase: 0 } as never,
    span,
  })
  expect(near.length).toBeGreaterThan(0)
  for (const { startBeat, likeness } of near) expect(likeness).toBeCloseTo(startBeat >= 80 ? 1 : -1, 5)
})

test('it is said in one line', () => {
  const told = { where: 'just before', likeness: -0.4, before: 0.94, after: 0.71 } as const
  expect(decidingBarsText('bars 33–36', told)).toBe(
    'Without bars 33–36, just before (in contrast): 71 % instead of 94 %',
  )
  expect(decidingBarsText('bar 5', { ...told, where: 'later', likeness: 0.8 })).toBe(
    'Without bar 5, later (alike): 71 % instead of 94 %',
  )
  const bass = { layer: 'the bass', way: 'away', kind: 'break', probability: 0.62, before: 0.9, after: 0.3 } as const
  expect(counterfactualText('drop', bass)).toBe('Would be break without the bass, 62 %')
  expect(counterfactualText('break', { ...bass, way: 'there' })).toBe(
    'Stays break if the bass were there, 30 % instead of 90 %',
  )
})
