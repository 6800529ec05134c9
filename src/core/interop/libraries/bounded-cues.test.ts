import { expect, test } from 'vitest'
import { withBoundedCues } from './bounded-cues.ts'
import { cuesToSpans } from './cues-to-spans.ts'
import { UNKNOWN_FOREIGN_TRACK } from './foreign-library.ts'
import { foreignCue } from './foreign-track.fixture.ts'
import { createWarningTally } from './warning-tally.ts'

const bounded = (count: number) => {
  const warnings = createWarningTally()
  const cues = Array.from({ length: count }, (_, at) =>
    foreignCue(at / 100, { name: 'Drop', pad: at === count - 1 ? 3 : null }),
  )
  const track = withBoundedCues({ ...UNKNOWN_FOREIGN_TRACK, title: 'Many', cues }, warnings)
  return { cues: track.cues, warnings: warnings.list() }
}

test('of a hundred thousand cues a thousand are kept, those on pads first, and it is told', () => {
  const { cues, warnings } = bounded(100_000)
  expect([cues.length, cues[0]!.startSeconds, cues.at(-1)!.pad]).toEqual([1000, 0, 3])
  expect(warnings).toEqual([
    { text: 'A track has more than 1,000 cues: the others are left out.', place: 'Many', count: 1 },
  ])
  expect(bounded(1000).warnings).toEqual([])
})

test('spans of cues at every beat take the work of their number, not of its square', () => {
  const beatCount = 40_000
  const grid = {
    anchors: [{ beat: 0, seconds: 0, bpm: 120 }],
    beatsPerBar: 4,
    firstDownbeat: 0,
    firstPhrase: 0,
    beatCount,
  }
  const cues = Array.from({ length: beatCount / 16 }, (_, at) =>
    foreignCue(8 * at, { name: at % 2 === 0 ? 'Drop' : 'Break' }),
  )
  const { spans } = cuesToSpans({
    track: { cues, phrases: [] },
    grid: grid as never,
    offsetSeconds: 0,
    profile: new Map(),
    heard: [],
  })
  expect(spans.length).toBe(beatCount / 16)
  expect(spans.map(({ startBeat, endBeat }) => endBeat - startBeat).filter((beats) => beats !== 16)).toEqual([])
})
