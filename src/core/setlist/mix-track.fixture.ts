import fc from 'fast-check'
import { MIX_STYLES } from './mix-windows.ts'
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
  const ends = (parts: typeof outs): MixEnds =>
    Object.fromEntries(MIX_STYLES.map((style, at) => [style, parts[at] && { ...facts, ...parts[at] }])) as MixEnds
  return { out: ends(outs), into: ends(ins) }
})
