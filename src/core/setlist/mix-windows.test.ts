import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import type { SectionPart } from '../labels/section-part.ts'
import { beatsOnBeat } from '../similarity/tempo-difference.ts'
import { inSides, MIX_STYLES, mixWindow, outSides, windowsAround } from './mix-windows.ts'

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
  expect(outSides(grid, dance)).toEqual({
    'outro to intro': { kind: 'outro', startBeat: 544, endBeat: 640 },
    'break to intro': { kind: 'break', startBeat: 352, endBeat: 416 },
    'drop to drop': { kind: 'drop', startBeat: 512, endBeat: 544 },
    'quick cut': { kind: 'drop', startBeat: 540, endBeat: 544 },
  })
  const intro = { kind: 'intro', startBeat: 0, endBeat: 64 }
  expect(inSides(grid, dance)).toEqual({
    'outro to intro': intro,
    'break to intro': intro,
    'drop to drop': { kind: 'drop', startBeat: 64, endBeat: 96 },
    'quick cut': { kind: 'drop', startBeat: 92, endBeat: 96 },
  })
})

test('without sections the ends of the track are left, in whole bars', () => {
  const uneven = { ...constantGrid(128, 102), firstDownbeat: 1 }
  expect(outSides(uneven, [])['outro to intro']).toEqual({ kind: null, startBeat: 69, endBeat: 101 })
  expect(inSides(uneven, [])['outro to intro']).toEqual({ kind: null, startBeat: 1, endBeat: 33 })
  expect(outSides(uneven, [])['drop to drop']).toBeNull()
  expect(outSides({ ...uneven, beatCount: 3 }, [])['outro to intro']).toBeNull()
})

test('sections off the bar are taken from their nearest bars', () => {
  const late = { ...grid, firstDownbeat: 2 }
  expect(inSides(late, [part('intro', 0, 67), part('drop', 67, 600)])['outro to intro']).toEqual({
    kind: 'intro',
    startBeat: 2,
    endBeat: 66,
  })
})

test('sections too short to blend over are passed over', () => {
  const short = [part('intro', 0, 8), part('drop', 8, 552), part('outro', 632, 640)]
  expect(outSides(grid, short)['outro to intro']).toEqual({ kind: null, startBeat: 608, endBeat: 640 })
  expect(inSides(grid, short)['outro to intro']).toEqual({ kind: null, startBeat: 0, endBeat: 32 })
  expect(inSides(grid, short)['drop to drop']).toBeNull()
  expect(inSides(grid, short)['quick cut']).toEqual({ kind: 'drop', startBeat: 4, endBeat: 8 })
})

test('both stretches have as many bars as the shorter side allows: beginnings meet in an intro, ends in a drop', () => {
  const [out, into] = [outSides(grid, dance), inSides(grid, dance)]
  const window = (style: (typeof MIX_STYLES)[number]): unknown =>
    mixWindow(style, { side: out[style], grid }, { side: into[style], grid })
  expect(window('outro to intro')).toEqual({
    bars: 16,
    from: { kind: 'outro', startBeat: 544, endBeat: 608 },
    to: { kind: 'intro', startBeat: 0, endBeat: 64 },
  })
  expect(window('drop to drop')).toMatchObject({ bars: 8, from: { endBeat: 544 }, to: { endBeat: 96 } })
  expect(mixWindow('drop to drop', { side: null, grid }, { side: into['drop to drop'], grid })).toBeNull()
})

const parts = fc.uniqueArray(fc.integer({ min: 0, max: 160 }), { minLength: 2, maxLength: 12 }).chain((edges) =>
  fc.array(fc.constantFrom(...SECTION_KINDS), { minLength: edges.length, maxLength: edges.length }).map((kinds) => {
    const bars = edges.sort((a, b) => a - b)
    return bars.slice(1).map((end, at) => part(kinds[at]!, 4 * bars[at]!, 4 * end))
  }),
)

/** Of other metres, half and double tempi: beats are laid over beats. */
const grids = fc.record({
  bpm: fc.constantFrom(64, 90, 128, 174),
  beatsPerBar: fc.constantFrom(3, 4),
  firstDownbeat: fc.integer({ min: 0, max: 2 }),
})
const gridOf = ({ bpm, ...metre }: { bpm: number; beatsPerBar: number; firstDownbeat: number }) => ({
  ...constantGrid(bpm, 643),
  ...metre,
})

test('every window lies in its track, begins or ends on a bar of both grids, and is as many beats long in both', () => {
  fc.assert(
    fc.property(parts, parts, grids, grids, fc.constantFrom(...MIX_STYLES), (own, others, first, second, style) => {
      const [one, other] = [gridOf(first), gridOf(second)]
      const out = { side: outSides(one, own)[style], grid: one }
      const into = { side: inSides(other, others)[style], grid: other }
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
  const side = (grid: typeof slow, own: readonly SectionPart[]) => ({
    out: { side: outSides(grid, own)['outro to intro'], grid },
    into: { side: inSides(grid, own)['outro to intro'], grid },
  })
  const [one, other] = [side(slow, dance), side(fast, dance)]
  expect(mixWindow('outro to intro', one.out, other.into)).toMatchObject({
    bars: 8,
    from: { startBeat: 544, endBeat: 576 },
    to: { startBeat: 0, endBeat: 64 },
  })
  expect(mixWindow('outro to intro', other.out, one.into)).toMatchObject({
    bars: 16,
    from: { startBeat: 544, endBeat: 608 },
    to: { startBeat: 0, endBeat: 32 },
  })
})
