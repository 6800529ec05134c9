import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionPart } from '../labels/section-part.ts'
import { mixWindows as windowsOf } from './best-window.ts'
import { profileOf } from './mix-profile.ts'
import { OVERLAP_PARTS } from './overlap-part-names.ts'
import { type MixableTrack, proposeTransition } from './propose-transition.ts'
import { TRANSITION_PARTS } from './transition-parts.ts'

const part = (kind: SectionPart['kind'], startBeat: number, endBeat: number): SectionPart => ({
  kind,
  startBeat,
  endBeat,
  isLabel: true,
})
/** A voice sings until the given second. */
const track = (title: string, bpm: number, voiceSeconds: number, change: Partial<MixableTrack> = {}): MixableTrack => ({
  title,
  grid: constantGrid(bpm, 640),
  camelot: '8A',
  tuningCents: 0,
  energyCurve: Array.from({ length: 160 }, () => 0.5),
  gain: 1,
  features: wholeMatrix(640, () => 0),
  voice: {
    count: 400,
    seconds: 1,
    windows: Uint8Array.from({ length: 400 }, (_, at) => Number(at < voiceSeconds)),
  },
  parts: [part('intro', 0, 128), part('drop', 128, 512), part('outro', 512, 640)],
  ...change,
})
const mixWindows = (one: MixableTrack, other: MixableTrack): ReturnType<typeof windowsOf> =>
  windowsOf(profileOf(one), profileOf(other))
const first = (one: MixableTrack, other: MixableTrack): ReturnType<typeof proposeTransition> =>
  proposeTransition(one, other, { window: mixWindows(one, other)[0]!, distance: 0 })

test('the bars, the bass and the voice are said as a DJ would', () => {
  // Beat 528 of the first track is at 264 s, which is bar 133.
  const proposed = first(track('Summer', 120, 264), track('Night', 121.5, 0))
  expect(proposed).toMatchObject({
    style: 'outro to intro',
    bars: 32,
    fromBars: [129, 161],
    toBars: [1, 33],
    bassSwapBar: 17,
    voiceEndsBar: 133,
  })
  expect(proposed.sentence).toBe(
    'Bars 129–161 of Summer, its outro, over bars 1–33 of Night, its intro; swap the bass at bar 17; the voice of Summer ends at bar 133; slow Night down by 1.2 %.',
  )
  expect(proposed.parts.map(({ part }) => part)).toEqual([...TRANSITION_PARTS, ...OVERLAP_PARTS])
})

test('what is not known is not said, and what clashes is', () => {
  const bare = { features: null, voice: null }
  expect(first(track('A', 120, 0, bare), track('B', 120, 0, bare)).sentence).toBe(
    'Bars 129–161 of A, its outro, over bars 1–33 of B, its intro.',
  )
  const clash = first(track('A', 120, 400, { features: null }), track('B', 120, 400, { features: null, camelot: '3B' }))
  expect(clash.sentence).toContain('two voices sound at once in bars 129–161 of A; the keys clash (8A and 3B).')
  expect(clash.voiceEndsBar).toBeNull()
  expect(first(track('A', 120, 0, { parts: [] }), track('B', 120, 0, { parts: [] })).sentence).toMatch(
    /^Bars 153–161 of A, its end, over bars 1–9 of B, its beginning/,
  )
})

test('without sections, windows are held against the phrases that are counted around them', () => {
  const phrases = (laterPhrases: readonly number[]) => {
    const ends = { parts: [], grid: { ...constantGrid(120, 640), laterPhrases } }
    return first(track('A', 120, 0, ends), track('B', 120, 0, { parts: [] })).parts.find(
      ({ part }) => part === 'phrases',
    )!.score!
  }
  expect(phrases([600])).toBeLessThan(phrases([]))
  expect(phrases([608])).toBe(1)
})

test('voices clash where both sound in the same bars, and not where the one ends before the other begins', () => {
  const sings = (title: string, from: number, to: number): MixableTrack =>
    track(title, 120, 0, {
      features: null,
      // Windows of half a second: a beat each.
      voice: {
        count: 640,
        seconds: 0.5,
        windows: Uint8Array.from({ length: 640 }, (_, at) => Number(at >= from && at < to)),
      },
    })
  const voices = ({ parts }: ReturnType<typeof first>) => parts.find(({ part }) => part === 'voices')!
  // Bars 129–145 of A and bars 17–33 of B: half of each window, one after the other.
  const apart = first(sings('A', 512, 576), sings('B', 64, 128))
  expect(apart).toMatchObject({ fromBars: [129, 161], toBars: [1, 33], voiceEndsBar: 145 })
  expect(voices(apart)).toMatchObject({ from: 0.5, to: 0.5, difference: 0, score: 1 })
  expect(apart.sentence).not.toContain('two voices')
  // Ten bars of each, from bar 137 of A and bar 9 of B on: together from the beginning to the end.
  const pair = [sings('A', 544, 584), sings('B', 32, 72)] as const
  const window = {
    style: 'outro to intro' as const,
    bars: 32,
    from: { kind: null, startBeat: 512, endBeat: 640 },
    to: { kind: null, startBeat: 0, endBeat: 128 },
  }
  const same = proposeTransition(...pair, { window, distance: 0 })
  expect(voices(same)).toMatchObject({ difference: 40 / 128, score: 1 - 40 / 128 })
  expect(same.sentence).toContain('two voices sound at once in bars 137–147 of A')
  // Other bars of the same two tracks are proposed instead.
  expect(voices(first(...pair))).toMatchObject({ difference: 0 })
})

test('each style goes where its sections are, and a cut names both bars', () => {
  const [one, other] = [track('A', 120, 0), track('B', 120, 0)]
  const windows = mixWindows(one, other)
  expect(windows.map(({ style }) => style)).toEqual(['outro to intro', 'drop to drop', 'quick cut'])
  const told = windows.map((window) => proposeTransition(one, other, { window, distance: 0 }))
  expect(told[1]!.sentence).toMatch(/^Bars 121–129 of A, its drop, over bars 25–33 of B, the bars before its drop/)
  expect(told[2]!.sentence).toBe('Cut at bar 129 of A, where its drop ends, to bar 33 of B, where its drop begins.')
  expect(told[0]!.score!).toBeGreaterThan(told[2]!.score!)
})

test('where an outro thins out, bars before it are left instead, and the sentence names what they lie in', () => {
  // From bar 129 on hardly anything sounds.
  const thin = wholeMatrix(640, (beat, { name }) =>
    name.startsWith('level') || name.startsWith('mel') ? (beat < 512 ? -20 : -50) : 0,
  )
  const full = wholeMatrix(640, (_, { name }) => (name.startsWith('level') || name.startsWith('mel') ? -20 : 0))
  const [one, other] = [track('A', 120, 0, { features: thin }), track('B', 120, 0, { features: full })]
  const window = mixWindows(one, other)[0]!
  expect(window.style).toBe('outro to intro')
  expect(window.from.startBeat).toBeLessThan(512)
  const level = (from: typeof window.from): number =>
    proposeTransition(one, other, { window: { ...window, from }, distance: 0 }).parts.find(
      ({ part }) => part === 'level',
    )!.difference!
  const asLong = (startBeat: number) => ({ ...window.from, startBeat, endBeat: startBeat + 4 * window.bars })
  expect(level(window.from)).toBeLessThan(level(asLong(512)) - 3)
  expect(proposeTransition(one, other, { window, distance: 0 }).sentence).toMatch(
    /of A, its drop( and outro)?, over bars/,
  )
  // Twice as loud, but trimmed to the same: nothing else is chosen.
  const trimmed = { features: full, gain: 0.5 }
  const loud = wholeMatrix(640, (_, { name }) => (name.startsWith('level') || name.startsWith('mel') ? -14 : 0))
  const even = [track('A', 120, 0, { features: full }), track('B', 120, 0, { ...trimmed, features: loud })] as const
  expect(mixWindows(...even)[0]).toMatchObject({ from: { startBeat: 512 }, to: { startBeat: 0 } })
})

test('at twice the tempo the sentence gives each track its own bars', () => {
  const bare = { features: null, voice: null }
  const [slow, fast] = [track('Slow', 87, 0, bare), track('Fast', 174, 0, bare)]
  expect(first(slow, fast).sentence).toMatch(/^Bars 129–145 of Slow, its outro, over bars 1–33 of Fast, its intro\./)
  expect(first(fast, slow)).toMatchObject({ bars: 32, fromBars: [129, 161], toBars: [1, 17] })
})
