/**
 * @file What is heard where two tracks lie over each other, reckoned from what is stored of their bars.
 * Method: bar by bar both are faded by equal power, as they are played; what both hold in the same band, as notes that rub, or as hits in
 * different places counts by the weaker one of the two, since the louder one hides the rest.
 * Conventions: powers are linear; 0 is what nobody notices.
 */
import { BANDS, type BarSounds, HITS, MOST_BYTE, PITCHES, POWER_OF_BYTE } from './bar-sounds.ts'

export type OverlapSide = {
  readonly sounds: BarSounds
  /** What the trim makes of its power. */
  readonly gain: number
  /** Bars of the track; a window may begin and end within a bar. */
  readonly start: number
  readonly bars: number
}

export type Overlap = {
  /** Largest step of the level from one bar to the next, from the last bar before to the first one behind, in decibels. */
  readonly stepDb: number
  /** How much of the sound is notes of both that rub, 0 to 1. */
  readonly rub: number
  /** How much of the sound lies in bands that both fill, 0 to 1. */
  readonly shared: number
  /** How many of the hits of both are not struck together, 0 to 1; 1 where hardly anything is struck that holds the beat. */
  readonly apart: number
}

/** Seconds and the tritone rub: semitones between two notes, and how much. */
const RUBS = [
  [1, 1],
  [11, 1],
  [2, 0.5],
  [10, 0.5],
  [6, 0.5],
] as const
const SILENCE = 1e-9
/** So few kinds of hits a bar hold no beat together. */
const SPARSE_HITS = 1

const rubbing = new WeakMap<BarSounds, Float64Array>()

/** How much each note would rub with what sounds in a bar, shape (bars, PITCHES). */
const rubsOf = (sounds: BarSounds): Float64Array => {
  const before = rubbing.get(sounds)
  if (before !== undefined) return before
  const { chroma } = sounds
  const rubs = new Float64Array(chroma.length)
  for (let first = 0; first < chroma.length; first += PITCHES)
    for (let note = 0; note < PITCHES; note++) {
      let rub = 0
      for (const [interval, much] of RUBS) rub += much * chroma[first + ((note + interval) % PITCHES)]!
      rubs[first + note] = rub / MOST_BYTE ** 2
    }
  rubbing.set(sounds, rubs)
  return rubs
}

const fadesOf = new Map<number, Float64Array>()

/** How far the next track is faded in, step by step, by equal power. */
const fades = (steps: number): Float64Array => {
  const known = fadesOf.get(steps)
  if (known !== undefined) return known
  const shares = Float64Array.from(
    { length: steps },
    (_, step) => Math.sin((Math.PI / 2) * ((step + 0.5) / steps)) ** 2,
  )
  fadesOf.set(steps, shares)
  return shares
}

const clampBar = ({ bars }: BarSounds, bar: number): number => Math.max(0, Math.min(bars - 1, bar))

/** @param isCut the one ends where the other one begins, and only their levels meet */
export const reckonOverlap = (out: OverlapSide, into: OverlapSide, isCut: boolean): Overlap | null => {
  const [one, other] = [out.sounds, into.sounds]
  if (one.bars === 0 || other.bars === 0) return null
  const steps = Math.max(1, Math.round(Math.max(out.bars, into.bars)))
  const powerOf = ({ low, high }: BarSounds, bar: number): number =>
    POWER_OF_BYTE[low[bar]!]! + POWER_OF_BYTE[high[bar]!]!
  const before = clampBar(one, Math.floor(out.start) - 1)
  const after = clampBar(other, Math.floor(into.start + into.bars + 1e-6))
  let level = out.gain * powerOf(one, before) + SILENCE
  let most = 1
  let [rub, tones, shared, bands, together, hits] = [0, 0, 0, 0, 0, 0]
  const stepTo = (power: number): void => {
    const next = power + SILENCE
    most = Math.max(most, next / level, level / next)
    level = next
  }
  const [shares, rubs] = [fades(steps), rubsOf(other)]
  for (let step = 0; step < steps; step++) {
    const place = (step + 0.5) / steps
    const [bar, otherBar] = [
      clampBar(one, Math.floor(out.start + place * out.bars)),
      clampBar(other, Math.floor(into.start + place * into.bars)),
    ]
    const share = isCut ? 0 : shares[step]!
    const [leaving, coming] = [out.gain * (1 - share), into.gain * share]
    stepTo(leaving * powerOf(one, bar) + coming * powerOf(other, otherBar))
    if (isCut) continue
    const [tone, otherTone] = [
      leaving * POWER_OF_BYTE[one.tones[bar]!]!,
      coming * POWER_OF_BYTE[other.tones[otherBar]!]!,
    ]
    let rubbed = 0
    for (let note = 0; note < PITCHES; note++)
      rubbed += one.chroma[bar * PITCHES + note]! * rubs[otherBar * PITCHES + note]!
    rub += Math.min(tone, otherTone) * rubbed
    tones += (tone + otherTone) / 2
    for (let band = 0; band < BANDS; band++) {
      const a = leaving * POWER_OF_BYTE[one.bands[bar * BANDS + band]!]!
      const b = coming * POWER_OF_BYTE[other.bands[otherBar * BANDS + band]!]!
      shared += a < b ? a : b
      bands += (a + b) / 2
    }
    for (let hit = 0; hit < HITS; hit++) {
      const a = one.hits[bar * HITS + hit]! / MOST_BYTE
      const b = other.hits[otherBar * HITS + hit]! / MOST_BYTE
      together += a < b ? a : b
      hits += (a + b) / 2
    }
  }
  stepTo(into.gain * powerOf(other, after))
  return {
    stepDb: 10 * Math.log10(most),
    rub: rub / (tones + SILENCE),
    shared: shared / (bands + SILENCE),
    apart: 1 - together / (hits + steps * SPARSE_HITS),
  }
}
