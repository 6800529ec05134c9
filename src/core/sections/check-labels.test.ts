import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { createRandom } from '../support/random.ts'
import { type CheckedLabel, checkLabels } from './check-labels.ts'

const BEATS = 128
const GRID = constantGrid(120, BEATS)

/** Noise; beats 64–95 are those of 0–31 again, and 96–127 are louder from 112 on. */
const features = (): FeatureMatrix => {
  const random = createRandom(5)
  const noise = wholeMatrix(BEATS, () => random() - 0.5)
  const width = noise.columns.length
  noise.values.copyWithin(64 * width, 0, 32 * width)
  for (let index = 112 * width; index < BEATS * width; index++) noise.values[index]! += 3
  return noise
}
const label = (id: number, kind: SectionKind, startBeat: number, endBeat: number): CheckedLabel => ({
  id,
  kind,
  startBeat,
  endBeat,
  source: 'user',
})
const codes = (labels: readonly CheckedLabel[], heard: FeatureMatrix | null = features()): readonly unknown[] =>
  checkLabels({ grid: GRID, labels, features: heard }).map(({ labelId, code, otherId }) => [labelId, code, otherId])

test('two kinds on what is heard twice contradict each other, the same kind twice does not', () => {
  const contradicting = [label(1, 'drop', 0, 32), label(2, 'build', 32, 64), label(3, 'verse', 64, 96)]
  expect(codes(contradicting)).toEqual([[1, 'CONTRADICTS', 3]])
  expect(codes([label(1, 'drop', 0, 32), label(2, 'build', 32, 64), label(3, 'drop', 64, 96)])).toEqual([])
  // The drums at the beginning and at the end may well be the same.
  expect(codes([label(1, 'intro', 0, 32), label(2, 'build', 32, 64), label(3, 'outro', 64, 96)])).toEqual([])
  expect(codes(contradicting, null)).toEqual([])
})

test('a label over a change of the sound is perhaps two, and the place is named', () => {
  const [flaw, ...others] = checkLabels({ grid: GRID, labels: [label(1, 'outro', 96, 128)], features: features() })
  expect([flaw!.code, others]).toEqual(['PERHAPS_TWO_TYPES', []])
  expect(flaw!.message).toContain('29.1')
})

test('short ones are named, and an edge off the bars where the others lie on them, but not where the track begins and ends', () => {
  const barred = [
    label(1, 'intro', 0, 32),
    label(2, 'build', 32, 36),
    label(3, 'drop', 36, 64),
    label(4, 'break', 64, 96),
  ]
  expect(codes([...barred, label(5, 'outro', 101, 127)], null)).toEqual([
    [2, 'TOO_SHORT', null],
    [5, 'OFF_BAR', null],
  ])
  const late = { ...GRID, firstDownbeat: 2 }
  expect(checkLabels({ grid: late, labels: [label(1, 'intro', 0, 34)], features: null })).toEqual([])
  expect(checkLabels({ grid: late, labels: [label(1, 'intro', 0, 32)], features: null })).toMatchObject([
    { code: 'OFF_BAR', message: expect.stringContaining('8.3 is not at the start of a bar') },
  ])
})

test('edges that all lie beside the bars are told once, as a matter of the grid; edges anywhere are nobody’s business', () => {
  const shifted = [label(1, 'intro', 0, 33), label(2, 'drop', 33, 65), label(3, 'outro', 65, 97)]
  expect(checkLabels({ grid: GRID, labels: shifted, features: null })).toEqual([
    {
      labelId: 1,
      code: 'OFF_BAR',
      message: '3 edges in this track are 1 beat after the start of a bar. Perhaps the bars begin there.',
      otherId: null,
    },
  ])
  expect(codes([label(1, 'verse', 0, 33), label(2, 'chorus', 33, 66), label(3, 'verse', 66, 96)], null)).toEqual([])
})
