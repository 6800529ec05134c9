import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../../beats/constant-grid.fixture.ts'
import { SECTION_KINDS, type SectionKind } from '../../labels/section-kind.ts'
import { sectionKindOfName } from '../section-names.ts'
import type { ExportedCue } from './exported-library.ts'
import { type CuePlan, DEFAULT_CUE_PLAN, type PlannedSection, planCues } from './plan-cues.ts'

const GRID = constantGrid(120, 2000)

/** One after the other, so many bars each. */
const sectionsOf = (...parts: readonly (readonly [SectionKind, bars: number])[]): readonly PlannedSection[] => {
  let beat = 0
  return parts.map(([kind, bars]) => {
    const startBeat = beat
    beat += bars * 4
    return { kind, startBeat, endBeat: beat }
  })
}
const TRACK = sectionsOf(['intro', 16], ['build', 8], ['drop', 16], ['break', 8], ['drop', 16], ['outro', 16])
const plan = (change: Partial<CuePlan> = {}) => planCues(TRACK, GRID, { ...DEFAULT_CUE_PLAN, ...change })
const shown = ({ pad, name, startSeconds, endSeconds }: ExportedCue) => [pad, name, startSeconds, endSeconds]

test('each section gets a pad, in order of time, with its name and colour', () => {
  const { cues, leftOut } = plan()
  expect(cues.map(shown)).toEqual([
    [0, 'Intro', 0, null],
    [1, 'Build', 32, null],
    [2, 'Drop', 48, null],
    [3, 'Break', 80, null],
    [4, 'Drop', 96, null],
    [5, 'Outro', 128, null],
  ])
  expect(cues[2]!.colour).toBe('#ef4444')
  expect(leftOut).toBe(0)
})

test('where pads are few the first drop, the intro and the outro come first, still in order of time', () => {
  const { cues, leftOut } = plan({ pads: 4 })
  expect(cues.map(({ name, pad }) => [pad, name])).toEqual([
    [0, 'Intro'],
    [1, 'Drop'],
    [2, 'Break'],
    [3, 'Outro'],
  ])
  expect(leftOut).toBe(2)
})

test('as memory cues, or as both at the same places', () => {
  expect(plan({ place: 'memory' }).cues.map(({ pad }) => pad)).toEqual(Array(6).fill(null))
  const { cues } = plan({ place: 'both' })
  const [hot, memory] = [cues.filter(({ pad }) => pad !== null), cues.filter(({ pad }) => pad === null)]
  expect(memory).toEqual(hot.map((cue) => ({ ...cue, pad: null })))
})

test('only some kinds, named by a template', () => {
  const { cues } = plan({ kinds: ['drop', 'outro'], nameTemplate: '{Kind} {n} ({bars})' })
  expect(cues.map(({ name }) => name)).toEqual(['Drop 1 (16)', 'Drop 2 (16)', 'Outro 1 (16)'])
})

test('loops of the first or last bars take what pads are left; a section that is too short has none', () => {
  const first = plan({ kinds: ['build', 'outro'], loop: { bars: 16, at: 'start' } })
  expect(first.cues.map(shown)).toEqual([
    [0, 'Build', 32, null],
    [1, 'Outro', 128, null],
    [2, 'Outro', 128, 160],
  ])
  const last = plan({ kinds: ['build', 'intro'], loop: { bars: 4, at: 'end' }, place: 'memory' })
  expect(last.cues.map(shown)).toEqual([
    [null, 'Intro', 0, null],
    [null, 'Intro', 24, 32],
    [null, 'Build', 32, null],
    [null, 'Build', 40, 48],
  ])
})

test('a count-down before drops and points to mix at are memory cues, and no names of drops', () => {
  const { cues } = plan({ kinds: ['intro', 'drop', 'outro'], leadInBars: [8, 32], mixPoints: true })
  const memory = cues.filter(({ pad }) => pad === null)
  expect(memory.map(({ name, startSeconds }) => [name, startSeconds])).toEqual([
    ['Mix in', 0],
    ['8 bars to Drop', 32],
    // 32 bars before the first drop the track has not begun.
    ['32 bars to Drop', 32],
    ['8 bars to Drop', 80],
    ['Mix out', 128],
  ])
  expect(sectionKindOfName('8 bars to Drop')).toBeNull()
})

test('points to mix at are where the person has set a transition, and from sections where nothing is set', () => {
  const chosen = { ...DEFAULT_CUE_PLAN, mixPoints: true }
  const marks = (byHand: { into: readonly number[]; out: readonly number[] }) =>
    planCues(TRACK, GRID, chosen, byHand)
      .cues.filter(({ pad }) => pad === null)
      .map(({ name, startSeconds }) => [name, startSeconds])
  expect(marks({ into: [32], out: [240, 224] })).toEqual([
    ['Mix in', 16],
    ['Mix out', 112],
    ['Mix out', 120],
  ])
  expect(marks({ into: [], out: [240] })).toEqual([
    ['Mix in', 0],
    ['Mix out', 120],
  ])
})

test('what is on a pad gives way in memory to what was asked for besides', () => {
  const { cues, leftOut } = plan({ place: 'both', leadInBars: [8, 16], mixPoints: true, memoryCues: 7 })
  const memory = cues.filter(({ pad }) => pad === null)
  expect(memory.map(({ name }) => name)).toEqual([
    'Mix in',
    '16 bars to Drop',
    '8 bars to Drop',
    'Drop',
    '16 bars to Drop',
    '8 bars to Drop',
    'Mix out',
  ])
  expect(leftOut).toBe(0)
})

const plans: fc.Arbitrary<CuePlan> = fc.record({
  place: fc.constantFrom('hot' as const, 'memory' as const, 'both' as const),
  kinds: fc.subarray([...SECTION_KINDS]),
  nameTemplate: fc.constantFrom('{Kind}', '{kind} {n}', '{Kind} {bars}'),
  colours: fc.constant(DEFAULT_CUE_PLAN.colours),
  loop: fc.option(
    fc.record({
      bars: fc.constantFrom(4 as const, 8 as const, 16 as const),
      at: fc.constantFrom('start' as const, 'end' as const),
    }),
  ),
  leadInBars: fc.subarray([8, 16, 32]),
  mixPoints: fc.boolean(),
  pads: fc.integer({ min: 0, max: 8 }),
  memoryCues: fc.integer({ min: 0, max: 10 }),
})
const tracks = fc
  .array(fc.tuple(fc.constantFrom(...SECTION_KINDS), fc.integer({ min: 1, max: 40 })), { maxLength: 14 })
  .map((parts) => sectionsOf(...parts))

test('never more than the program takes, no pad twice, every name but a count-down means its kind', () => {
  fc.assert(
    fc.property(tracks, plans, (sections, chosen) => {
      const { cues, leftOut } = planCues(sections, GRID, chosen)
      const pads = cues.flatMap(({ pad }) => pad ?? [])
      expect(pads).toEqual(pads.map((_, index) => index))
      expect(pads.length).toBeLessThanOrEqual(chosen.pads)
      expect(cues.length - pads.length).toBeLessThanOrEqual(chosen.memoryCues)
      expect(leftOut).toBeGreaterThanOrEqual(0)
      for (const { startSeconds, endSeconds, name } of cues) {
        const at = sections.find(
          ({ startBeat, endBeat }) => startSeconds * 2 >= startBeat && startSeconds * 2 < endBeat,
        )!
        if (endSeconds !== null) expect(endSeconds * 2).toBeLessThanOrEqual(at.endBeat)
        if (!/to|Mix/.test(name)) expect(sectionKindOfName(name)).toBe(at.kind)
      }
    }),
  )
})
