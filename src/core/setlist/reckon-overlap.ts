/**
 * @file What is heard where two tracks lie over each other, reckoned from what is stored of their bars.
 * Method: bar by bar both are faded by equal power, as they are played; what both hold in the same band, as notes that rub, or as hits in
 * different places counts by the weaker one of the two, since the louder one hides the rest.
 * Conventions: powers are linear; 0 is what nobody notices. The step of the level is the largest one from one bar to the next, from the last
 * bar before a window to the first one behind it, in decibels.
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

/** Seconds and the tritone rub: how much, by the semitones from one note up to another. */
const RUBS = [0, 1, 0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5, 1] as const
const SILENCE = 1e-9
/** So few kinds of hits a bar hold no beat together. */
const SPARSE_HITS = 1

/** How much two notes rub that are written as bytes, shape (PITCHES, PITCHES). */
const RUB_OF = Float64Array.from(
  { length: PITCHES ** 2 },
  (_, at) => RUBS[((at % PITCHES) - Math.floor(at / PITCHES) + PITCHES) % PITCHES]! / MOST_BYTE ** 2,
)

const rubbing = new WeakMap<BarSounds, Float64Array>()

/** How much each note would rub with what sounds in each bar, shape (bars, PITCHES); not a number where nobody has asked yet. */
const rubsOf = (sounds: BarSounds): Float64Array => {
  const before = rubbing.get(sounds)
  if (before !== undefined) return before
  const rubs = new Float64Array(sounds.chroma.length).fill(Number.NaN)
  rubbing.set(sounds, rubs)
  return rubs
}

const reckonRubs = ({ chroma }: BarSounds, rubs: Float64Array, first: number): void => {
  for (let note = 0; note < PITCHES; note++) {
    let rub = 0
    for (let other = 0; other < PITCHES; other++) rub += RUB_OF[note * PITCHES + other]! * chroma[first + other]!
    rubs[first + note] = rub
  }
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

const powerOf = ({ low, high }: BarSounds, bar: number): number =>
  POWER_OF_BYTE[low[bar]!]! + POWER_OF_BYTE[high[bar]!]!

/** How many steps a window is looked at in: the bars of the track that has more of them there. */
const stepsOf = (out: OverlapSide, into: OverlapSide): number => Math.max(1, Math.round(Math.max(out.bars, into.bars)))

const barAt = ({ sounds, start, bars }: OverlapSide, place: number): number =>
  clampBar(sounds, Math.floor(start + place * bars))

/** The largest step of the level; null where a track has no bars. @param isCut the one ends where the other one begins */
export const reckonStep = (out: OverlapSide, into: OverlapSide, isCut: boolean): number | null => {
  if (out.sounds.bars === 0 || into.sounds.bars === 0) return null
  const steps = stepsOf(out, into)
  const shares = fades(steps)
  let level = out.gain * powerOf(out.sounds, clampBar(out.sounds, Math.floor(out.start) - 1)) + SILENCE
  let most = 1
  for (let step = 0; step <= steps; step++) {
    const place = (step + 0.5) / steps
    const share = step === steps ? 1 : isCut ? 0 : shares[step]!
    const bar = barAt(out, place)
    const other = step === steps ? clampBar(into.sounds, Math.floor(into.start + into.bars + 1e-6)) : barAt(into, place)
    const next =
      out.gain * (1 - share) * powerOf(out.sounds, bar) + into.gain * share * powerOf(into.sounds, other) + SILENCE
    most = Math.max(most, next / level, level / next)
    level = next
  }
  return 10 * Math.log10(most)
}

/** How much of the sound is notes of both that rub, 0 to 1, in tracks that have bars. Plain variables: this is what a search for windows costs most. */
export const reckonRub = (out: OverlapSide, into: OverlapSide): number => {
  const one = out.sounds
  const other = into.sounds
  const steps = stepsOf(out, into)
  const shares = fades(steps)
  const rubs = rubsOf(other)
  let rub = 0
  let tones = 0
  for (let step = 0; step < steps; step++) {
    const place = (step + 0.5) / steps
    const bar = barAt(out, place)
    const otherBar = barAt(into, place)
    const share = shares[step]!
    const tone = out.gain * (1 - share) * POWER_OF_BYTE[one.tones[bar]!]!
    const otherTone = into.gain * share * POWER_OF_BYTE[other.tones[otherBar]!]!
    if (Number.isNaN(rubs[otherBar * PITCHES]!)) reckonRubs(other, rubs, otherBar * PITCHES)
    let rubbed = 0
    for (let note = 0; note < PITCHES; note++)
      rubbed += one.chroma[bar * PITCHES + note]! * rubs[otherBar * PITCHES + note]!
    rub += Math.min(tone, otherTone) * rubbed
    tones += (tone + otherTone) / 2
  }
  return rub / (tones + SILENCE)
}

/** How much of the sound lies in bands that both fill, 0 to 1, in tracks that have bars. */
export const reckonShared = (out: OverlapSide, into: OverlapSide): number => {
  const one = out.sounds.bands
  const other = into.sounds.bands
  const steps = stepsOf(out, into)
  const shares = fades(steps)
  let shared = 0
  let bands = 0
  for (let step = 0; step < steps; step++) {
    const place = (step + 0.5) / steps
    const first = barAt(out, place) * BANDS
    const otherFirst = barAt(into, place) * BANDS
    const leaving = out.gain * (1 - shares[step]!)
    const coming = into.gain * shares[step]!
    for (let band = 0; band < BANDS; band++) {
      const a = leaving * POWER_OF_BYTE[one[first + band]!]!
      const b = coming * POWER_OF_BYTE[other[otherFirst + band]!]!
      shared += a < b ? a : b
      bands += (a + b) / 2
    }
  }
  return shared / (bands + SILENCE)
}

/** How many of the hits of both are not struck together, 0 to 1, in tracks that have bars; 1 where hardly anything is struck that holds the beat. */
export const reckonApart = (out: OverlapSide, into: OverlapSide): number => {
  const one = out.sounds.hits
  const other = into.sounds.hits
  const steps = stepsOf(out, into)
  let together = 0
  let hits = 0
  for (let step = 0; step < steps; step++) {
    const place = (step + 0.5) / steps
    const first = barAt(out, place) * HITS
    const otherFirst = barAt(into, place) * HITS
    for (let hit = 0; hit < HITS; hit++) {
      const a = one[first + hit]!
      const b = other[otherFirst + hit]!
      together += a < b ? a : b
      hits += a + b
    }
  }
  return 1 - together / (hits / 2 + steps * SPARSE_HITS * MOST_BYTE)
}
