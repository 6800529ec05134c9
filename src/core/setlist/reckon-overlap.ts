/**
 * @file What is heard where two tracks lie over each other, reckoned from what is stored of their bars.
 * Method: bar by bar both are faded by equal power, as they are played; what both hold in the same band, as notes that rub, or as hits in
 * different places counts by the weaker one of the two, since the louder one hides the rest.
 * Conventions: powers are linear; 0 is what nobody notices.
 */
import { BANDS, type BarSounds, HITS, PITCHES } from './bar-sounds.ts'

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

/** Seconds and the tritone rub, by semitones between two notes. */
const RUB_OF_SECOND = 1
const RUB_OF_TONE = 0.5
const RUB_OF_TRITONE = 0.5
const SILENCE = 1e-9
/** So few kinds of hits a bar hold no beat together. */
const SPARSE_HITS = 1

const rubOf = (one: BarSounds, bar: number, other: BarSounds, otherBar: number): number => {
  let sum = 0
  for (let note = 0; note < PITCHES; note++) {
    const at = (interval: number): number => other.chroma[otherBar * PITCHES + ((note + interval) % PITCHES)]!
    sum +=
      one.chroma[bar * PITCHES + note]! *
      (RUB_OF_SECOND * (at(1) + at(11)) + RUB_OF_TONE * (at(2) + at(10)) + RUB_OF_TRITONE * at(6))
  }
  return sum
}

const clampBar = ({ bars }: BarSounds, bar: number): number => Math.max(0, Math.min(bars - 1, bar))
const toDecibels = (power: number): number => 10 * Math.log10(power + SILENCE)

/** @param isCut the one ends where the other one begins, and only their levels meet */
export const reckonOverlap = (out: OverlapSide, into: OverlapSide, isCut: boolean): Overlap | null => {
  const [one, other] = [out.sounds, into.sounds]
  if (one.bars === 0 || other.bars === 0) return null
  const steps = Math.max(1, Math.round(Math.max(out.bars, into.bars)))
  const powerOf = ({ low, high }: BarSounds, bar: number): number => low[bar]! + high[bar]!
  const before = clampBar(one, Math.floor(out.start) - 1)
  const after = clampBar(other, Math.floor(into.start + into.bars + 1e-6))
  let level = toDecibels(out.gain * powerOf(one, before))
  let stepDb = 0
  let [rub, tones, shared, bands, together, hits] = [0, 0, 0, 0, 0, 0]
  const stepTo = (power: number): void => {
    const next = toDecibels(power)
    stepDb = Math.max(stepDb, Math.abs(next - level))
    level = next
  }
  for (let step = 0; step < steps; step++) {
    const place = (step + 0.5) / steps
    const [bar, otherBar] = [
      clampBar(one, Math.floor(out.start + place * out.bars)),
      clampBar(other, Math.floor(into.start + place * into.bars)),
    ]
    const share = isCut ? 0 : Math.sin((Math.PI / 2) * place) ** 2
    const [leaving, coming] = [out.gain * (1 - share), into.gain * share]
    stepTo(leaving * powerOf(one, bar) + coming * powerOf(other, otherBar))
    if (isCut) continue
    const [tone, otherTone] = [leaving * one.tones[bar]!, coming * other.tones[otherBar]!]
    rub += Math.min(tone, otherTone) * rubOf(one, bar, other, otherBar)
    tones += (tone + otherTone) / 2
    for (let band = 0; band < BANDS; band++) {
      const [a, b] = [leaving * one.bands[bar * BANDS + band]!, coming * other.bands[otherBar * BANDS + band]!]
      shared += Math.min(a, b)
      bands += (a + b) / 2
    }
    for (let hit = 0; hit < HITS; hit++) {
      const [a, b] = [one.hits[bar * HITS + hit]!, other.hits[otherBar * HITS + hit]!]
      together += Math.min(a, b)
      hits += (a + b) / 2
    }
  }
  stepTo(into.gain * powerOf(other, after))
  return {
    stepDb,
    rub: rub / (tones + SILENCE),
    shared: shared / (bands + SILENCE),
    apart: 1 - together / (hits + steps * SPARSE_HITS),
  }
}
