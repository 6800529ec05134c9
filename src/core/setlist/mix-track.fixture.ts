import fc from 'fast-check'
import type { ReachingTrack } from './beside-hand.ts'
import { plainJudged } from './judged-track.fixture.ts'
import { encodeJudged, sharedMemory } from './judged-track.ts'
import { byStyle, MIX_STYLES } from './mix-styles.ts'
import type { PackedTrack } from './packed-pool.ts'
import type { PoolTrack } from './plan-set.ts'
import type { MixEnds, MixTrack } from './transition-table.ts'

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
const whole = fc.record({
  tempoBpm: fc.option(fc.double({ min: 60, max: 200, noNaN: true })),
  camelot: fc.option(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('A', 'B')).map((key) => key.join(''))),
  tuningCents: fc.option(fc.double({ min: -50, max: 50, noNaN: true })),
})
const part = fc.record({ energy: share, voice: share, bass: share, bars: fc.integer({ min: 1, max: 64 }) })
const sides = fc.tuple(fc.option(part), fc.option(part), fc.option(part), fc.option(part))

/** Any track, whatever is known of it. */
export const anyMixTrack: fc.Arbitrary<MixTrack> = fc.tuple(whole, sides, sides).map(([facts, outs, ins]) => {
  const ends = (parts: typeof outs): MixEnds => byStyle((_, at) => parts[at] && { ...facts, ...parts[at] })
  return { out: ends(outs), into: ends(ins) }
})

const ALONE_BEATS = 16
const beats = fc.tuple(...MIX_STYLES.map(() => fc.integer({ min: 0, max: 200 })))

/** With windows on both sides of a turn, as those of a track lie. */
export const anyReachingTrack: fc.Arbitrary<ReachingTrack> = fc
  .tuple(anyMixTrack, fc.integer({ min: 200, max: 400 }), beats, beats)
  .map(([track, turn, before, behind]) => ({
    ...track,
    entersBy: byStyle((style, at) => track.into[style] && turn - before[at]!),
    leavesAt: byStyle((style, at) => track.out[style] && turn + ALONE_BEATS + behind[at]!),
    aloneBeats: ALONE_BEATS,
  }))

const end = { bars: 16, tempoBpm: 124, camelot: '8A', tuningCents: 0, energy: 0.5, voice: 0, bass: 0 }
const only = (value: number) => byStyle((style) => (style === 'outro to intro' ? value : null))
const ends = byStyle((style) => (style === 'outro to intro' ? end : null))
const sound = { features: new Float32Array([1, 2]), embedding: null }

/** A track of four minutes that mixes from outro to intro. */
export const plainTrack: PackedTrack & PoolTrack = {
  title: 'T',
  outBars: 16,
  minutes: 4,
  openingMinutes: 0,
  closingMinutes: 0,
  energy: 5,
  artist: null,
  out: ends,
  into: ends,
  leavesAt: only(512),
  entersBy: only(64),
  aloneBeats: 16,
  outSound: sound,
  inSound: sound,
  judged: sharedMemory()(encodeJudged(plainJudged)),
}
