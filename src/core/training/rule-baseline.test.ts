import { expect, test } from 'vitest'
import { prepareTrack } from '../features/track-context.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { buildTracks } from './built-tracks.test-fixture.ts'
import { ruleBaseline } from './rule-baseline.ts'

const KINDS: readonly SectionKind[] = ['intro', 'build', 'drop', 'break', 'outro']

test('names every section of a track whose energy follows the rule', () => {
  // Each lasts 16 beats at a constant level, except for the build, which climbs.
  const levels: readonly (readonly [SectionKind, (share: number) => number])[] = [
    ['intro', () => 0.3],
    ['drop', () => 1],
    ['break', () => 0.2],
    ['build', (share) => 0.2 + 0.5 * share],
    ['drop', () => 1],
    ['outro', () => 0.3],
  ]
  const values = levels.flatMap(([, levelAt]) => Array.from({ length: 32 }, (_, beat) => levelAt(beat / 31)))
  const context = prepareTrack(
    wholeMatrix(values.length, (beat) => values[beat]!),
    { beatsPerBar: 4, firstDownbeat: 0, firstPhrase: 0 },
  )
  const named = levels.map(
    (_, index) => KINDS[ruleBaseline(context, { startBeat: index * 32, endBeat: (index + 1) * 32 }, KINDS)],
  )
  expect(named).toEqual(levels.map(([kind]) => kind))
})

test('only names kinds there are', () => {
  const [track] = buildTracks(1)
  const context = prepareTrack(track!.matrix, track!.grid)
  const sung: readonly SectionKind[] = ['verse', 'chorus']
  expect(track!.labels.map((label) => sung[ruleBaseline(context, label, sung)])).toEqual([
    'verse',
    'chorus',
    'verse',
    'verse',
    'chorus',
    'verse',
  ])
})
