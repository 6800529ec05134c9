import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import type { SectionPart } from '../labels/section-part.ts'
import { beatsOnBeat } from '../similarity/tempo-difference.ts'
import { aloneBeats, type MixPlaces, mixPlaces } from './mix-sides.ts'
import { MIX_STYLES } from './mix-styles.ts'
import { firstBeatOut, lastBeatIn, mixWindow, windowsAround } from './mix-windows.ts'

const part = (kind: SectionPart['kind'], startBeat: number, endBeat: number): SectionPart => ({
  kind,
  startBeat,
  endBeat,
  isLabel: true,
})
const grid = constantGrid(128, 640)
const dance = [
  part('intro', 0, 64),
  part('build', 64, 96),
  part('drop', 96, 224),
  part('break', 352, 416),
  part('drop', 416, 544),
  part('outro', 544, 640),
]

test('a track is left and entered by its sections', () => {
  expect(mixPlaces(grid, dance).out).toEqual({
    'outro to intro': { kind: 'outro', startBeat: 544, endBeat: 640 },
    'break to intro': { kind: 'break', startBeat: 352, endBeat: 416 },
    'drop to drop': { kind: 'drop', startBeat: 512, endBeat: 544 },
    'quick cut': { kind: 'drop', startBeat: 540, endBeat: 544 },
  })
  const intro = { kind: 'intro', startBeat: 0, endBeat: 64 }
  expect(mixPlaces(grid, dance).into).toEqual({
    'outro to intro': intro,
    'break to intro': intro,
    'drop to drop': { kind: 'drop', startBeat: 64, endBeat: 96 },
    'quick cut': { kind: 'drop', startBeat: 92, endBeat: 96 },
  })
})

test('without sections the ends of the track are left, in whole bars', () => {
  const uneven = { ...constantGrid(128, 102), firstDownbeat: 1 }
  expect(mixPlaces(uneven, []).out['outro to intro']).toEqual({ kind: null, startBeat: 69, endBeat: 101 })
  expect(mixPlaces(uneven, []).into['outro to intro']).toEqual({ kind: null, startBeat: 1, endBeat: 33 })
  expect(mixPlaces(uneven, []).out['drop to drop']).toBeNull()
  expect(mixPlaces({ ...uneven, beatCount: 3 }, []).out['outro to intro']).toBeNull()
})

test('sections off the bar are taken from their nearest bars', () => {
  const late = { ...grid, firstDownbeat: 2 }
  expect(mixPlaces(late, [part('intro', 0, 67), part('drop', 67, 600)]).into['outro to intro']).toEqual({
    kind: 'intro',
    startBeat: 2,
    endBeat: 66,
  })
})

test('sections too short to blend over are passed over', () => {
  const short = [part('intro', 0, 8), part('drop', 8, 552), part('outro', 632, 640)]
  expect(mixPlaces(grid, short).out['outro to intro']).toEqual({ kind: null, startBeat: 608, endBeat: 640 })
  expect(mixPlaces(grid, short).into['outro to intro']).toEqual({ kind: null, startBeat: 0, endBeat: 32 })
  expect(mixPlaces(grid, short).into['drop to drop']).toBeNull()
  expect(mixPlaces(grid, short).into['quick cut']).toEqual({ kind: 'drop', startBeat: 4, endBeat: 8 })
})

test('both stretches have as many bars as the shorter side allows: beginnings meet in an intro, ends in a drop', () => {
  const side = { grid, places: mixPlaces(grid, dance) }
  const window = (style: (typeof MIX_STYLES)[number]): unknown => mixWindow(style, side, side)
  expect(window('outro to intro')).toEqual({
    bars: 16,
    from: { kind: 'outro', startBeat: 544, endBeat: 608 },
    to: { kind: 'intro', startBeat: 0, endBeat: 64 },
  })
  expect(window('drop to drop')).toMatchObject({ bars: 8, from: { endBeat: 544 }, to: { endBeat: 96 } })
  expect(mixWindow('drop to drop', { grid, places: mixPlaces(grid, []) }, side)).toBeNull()
})

const parts = fc.uniqueArray(fc.integer({ min: 0, max: 160 }), { minLength: 2, maxLength: 12 }).chain((edges) =>
  fc.array(fc.constantFrom(...SECTION_KINDS), { minLength: edges.length, maxLength: edges.length }).map((kinds) => {
    const bars = edges.sort((a, b) => a - b)
    return bars.slice(1).map((end, at) => part(kinds[at]!, 4 * bars[at]!, 4 * end))
  }),
)

type Side = { readonly grid: ReturnType<typeof constantGrid>; readonly places: MixPlaces }

/** Of other metres, half and double tempi: beats are laid over beats. */
const grids = fc.record({
  bpm: fc.constantFrom(64, 90, 128, 174),
  beatsPerBar: fc.constantFrom(3, 4),
  firstDownbeat: fc.integer({ min: 0, max: 2 }),
})
type Metre = { bpm: number; beatsPerBar: number; firstDownbeat: number }
const gridOf = ({ bpm, ...metre }: Metre) => ({
  ...constantGrid(bpm, 643),
  ...metre,
})

test('every window lies in its track, begins or ends on a bar of both grids, and is as many beats long in both', () => {
  fc.assert(
    fc.property(parts, parts, grids, grids, fc.constantFrom(...MIX_STYLES), (own, others, first, second, style) => {
      const [one, other] = [gridOf(first), gridOf(second)]
      const out = { grid: one, places: mixPlaces(one, own) }
      const into = { grid: other, places: mixPlaces(other, others) }
      const windows = windowsAround(style, out, into)
      expect(windows[0] ?? null).toEqual(mixWindow(style, out, into))
      const ratio = beatsOnBeat(first.bpm, second.bpm)
      for (const { bars, from, to } of windows) {
        expect(Number.isInteger(Math.log2(bars))).toBe(true)
        const beats = bars * one.beatsPerBar
        expect([from.endBeat - from.startBeat, to.endBeat - to.startBeat]).toEqual([beats, ratio * beats])
        const isOnBar = (grid: typeof one, beat: number): boolean =>
          (beat - grid.firstDownbeat) % grid.beatsPerBar === 0
        expect(isOnBar(one, from.startBeat) || isOnBar(one, from.endBeat)).toBe(true)
        expect(isOnBar(other, to.startBeat) || isOnBar(other, to.endBeat)).toBe(true)
        expect(from.startBeat >= 0 && from.endBeat <= one.beatCount).toBe(true)
        expect(to.startBeat >= 0 && to.endBeat <= other.beatCount).toBe(true)
      }
    }),
  )
})

test('to a track of twice the tempo belong twice the bars, and to one of half the tempo half of them', () => {
  const [slow, fast] = [constantGrid(87, 640), constantGrid(174, 640)]
  const [one, other] = [slow, fast].map((grid) => ({ grid, places: mixPlaces(grid, dance) })) as [Side, Side]
  expect(mixWindow('outro to intro', one, other)).toMatchObject({
    bars: 8,
    from: { startBeat: 544, endBeat: 576 },
    to: { startBeat: 0, endBeat: 64 },
  })
  expect(mixWindow('outro to intro', other, one)).toMatchObject({
    bars: 16,
    from: { startBeat: 544, endBeat: 608 },
    to: { startBeat: 0, endBeat: 32 },
  })
})

test('whichever window leads into a track and whichever leads out of it, a phrase of it is heard alone between them', () => {
  const some = fc.record({ parts, metre: grids, beats: fc.integer({ min: 1, max: 643 }) })
  const sideOf = ({ parts: own, metre, beats }: { parts: SectionPart[]; metre: Metre; beats: number }): Side => {
    const grid = { ...gridOf(metre), beatCount: beats }
    const there = own.filter(({ endBeat }) => endBeat <= beats)
    return { grid, places: mixPlaces(grid, there) }
  }
  fc.assert(
    fc.property(some, some, some, (first, second, third) => {
      const [before, via, next] = [first, second, third].map(sideOf) as [Side, Side, Side]
      const alone = aloneBeats(via.grid)
      let latest = Number.NEGATIVE_INFINITY
      for (const style of MIX_STYLES)
        for (const { to } of windowsAround(style, before, via)) {
          expect(to.endBeat).toBeLessThanOrEqual(lastBeatIn(style, via)!)
          latest = Math.max(latest, to.endBeat)
        }
      for (const style of MIX_STYLES)
        for (const { from } of windowsAround(style, via, next)) {
          expect(from.startBeat).toBeGreaterThanOrEqual(firstBeatOut(style, via)!)
          expect(from.startBeat - latest).toBeGreaterThanOrEqual(alone)
        }
    }),
    { numRuns: 300 },
  )
})

test('a track that is too short for both keeps what is worth most: short ways in and out, or only one of them', () => {
  // Sixteen bars without sections: six to come in, four alone, six to go out.
  expect(mixPlaces(constantGrid(128, 64), [])).toMatchObject({
    into: { 'outro to intro': { startBeat: 0, endBeat: 24 } },
    out: { 'outro to intro': { startBeat: 40, endBeat: 64 } },
  })
  const { into, out } = mixPlaces(constantGrid(128, 20), [])
  expect([into['outro to intro'], out['outro to intro']].filter((side) => side === null)).toHaveLength(1)
  // The only drop comes late, and a break behind the middle would have to be left before it has come in.
  const late = [part('intro', 0, 64), part('break', 336, 416), part('drop', 416, 560), part('outro', 560, 640)]
  const places = mixPlaces(grid, late)
  expect(places.into['drop to drop']).toMatchObject({ startBeat: 384, endBeat: 416 })
  expect(places.out['break to intro']).toBeNull()
  expect(places.out['outro to intro']).toMatchObject({ startBeat: 560 })
})
