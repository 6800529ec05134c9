/**
 * @file How clean two tracks sound together, measured on the samples of a rendered mix: nothing of what a transition is scored by goes in.
 * Method: short-time spectra of both decks as they are mixed, gains and fades included.
 * Conventions: one plane a deck, of equal length; every figure is the better the lower.
 */
import { realFft } from '../../src/core/audio/fft.ts'

export const MIX_MEASURES = ['onset alignment', 'chroma dissonance', 'level step', 'band masking'] as const
type MixMeasure = (typeof MIX_MEASURES)[number]
export type MixFigures = Readonly<Record<MixMeasure, number>>

const [FRAME, HOP] = [2048, 256] as const
const BANDS = 24
const [LOWEST_HZ, HIGHEST_HZ] = [50, 9000] as const
/** Notes are told apart from here to there. */
const [LOWEST_NOTE_HZ, HIGHEST_NOTE_HZ] = [110, 2000] as const
/** How two notes so many semitones apart rub, 0 to 1: seconds and the tritone (after Plomp and Levelt, 1965). */
const ROUGHNESS = [0, 1, 0.5, 0.1, 0.1, 0.05, 0.6, 0.05, 0.1, 0.1, 0.5, 1] as const
const TINY = 1e-9

type Spectra = {
  /** Powers, of shape (frames, bands). */
  readonly bands: readonly Float64Array[]
  readonly chroma: readonly Float64Array[]
  /** How much sets in, a frame each. */
  readonly onsets: Float64Array
}

const spectraOf = (plane: Float32Array, sampleRate: number): Spectra => {
  const fft = realFft(FRAME)
  const window = Float32Array.from({ length: FRAME }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / FRAME))
  const bins = FRAME / 2
  const hertz = (bin: number): number => (bin * sampleRate) / FRAME
  const bandOf = Int32Array.from({ length: bins }, (_, bin) => {
    const place = Math.log(hertz(bin) / LOWEST_HZ) / Math.log(HIGHEST_HZ / LOWEST_HZ)
    return place < 0 || place >= 1 ? -1 : Math.floor(place * BANDS)
  })
  const noteOf = Int32Array.from({ length: bins }, (_, bin) =>
    hertz(bin) < LOWEST_NOTE_HZ || hertz(bin) > HIGHEST_NOTE_HZ
      ? -1
      : ((Math.round(12 * Math.log2(hertz(bin) / 440)) % 12) + 12) % 12,
  )
  const frames = Math.max(0, Math.floor((plane.length - FRAME) / HOP) + 1)
  const [bands, chroma]: [Float64Array[], Float64Array[]] = [[], []]
  const onsets = new Float64Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    const input = fft.input()
    for (let n = 0; n < FRAME; n++) input[n] = plane[frame * HOP + n]! * window[n]!
    // Ordered: real and imaginary parts in turn.
    const spectrum = fft.transform()
    const [own, notes] = [new Float64Array(BANDS), new Float64Array(12)]
    for (let bin = 1; bin < bins; bin++) {
      const power = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2
      if (bandOf[bin]! >= 0) own[bandOf[bin]!]! += power
      if (noteOf[bin]! >= 0) notes[noteOf[bin]!]! += power
    }
    const before = bands.at(-1)
    if (before !== undefined)
      for (let band = 0; band < BANDS; band++)
        onsets[frame]! += Math.max(0, Math.sqrt(own[band]!) - Math.sqrt(before[band]!))
    bands.push(own)
    chroma.push(notes)
  }
  return { bands, chroma, onsets }
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

/** A note sets in where the strength peaks this far above its surroundings, in times of their mean. */
const ONSET_TIMES_MEAN = 1.5
const AROUND_FRAMES = 20
/** Closer together two onsets are heard as one, further apart as two that were meant; between, they flam. */
const [ONE_SECONDS, TWO_SECONDS] = [0.025, 0.09] as const

/** Frames in which something sets in. */
const onsetsOf = (strength: Float64Array): readonly number[] => {
  const found: number[] = []
  for (let n = 1; n + 1 < strength.length; n++) {
    const around = strength.subarray(Math.max(0, n - AROUND_FRAMES), n + AROUND_FRAMES + 1)
    const isPeak = strength[n]! > strength[n - 1]! && strength[n]! >= strength[n + 1]!
    if (isPeak && strength[n]! > (ONSET_TIMES_MEAN * total(around)) / around.length) found.push(n)
  }
  return found
}

const nearest = (sorted: readonly number[], frame: number): number =>
  sorted.reduce((least, other) => Math.min(least, Math.abs(other - frame)), Number.POSITIVE_INFINITY)

/** Share of the onsets of both that flam with one of the other. A fade changes how loud an onset is, but not when. */
const flams = (one: Spectra, other: Spectra, sampleRate: number): number => {
  const [left, right] = [onsetsOf(one.onsets), onsetsOf(other.onsets)]
  const seconds = (frames: number): number => (frames * HOP) / sampleRate
  const isFlam = (apart: number): boolean => seconds(apart) > ONE_SECONDS && seconds(apart) < TWO_SECONDS
  const count =
    left.filter((frame) => isFlam(nearest(right, frame))).length +
    right.filter((frame) => isFlam(nearest(left, frame))).length
  return count / Math.max(1, left.length + right.length)
}

const dissonance = (one: Spectra, other: Spectra): number => {
  let [rub, weight] = [0, 0]
  for (const [frame, notes] of one.chroma.entries()) {
    const [left, right] = [total(notes), total(other.chroma[frame]!)]
    weight += left + right
    if (Math.min(left, right) < TINY) continue
    let sum = 0
    for (let a = 0; a < 12; a++)
      for (let b = 0; b < 12; b++)
        sum += ROUGHNESS[(b - a + 12) % 12]! * (notes[a]! / left) * (other.chroma[frame]![b]! / right)
    rub += sum * Math.min(left, right)
  }
  return rub / Math.max(TINY, weight)
}

const masking = (one: Spectra, other: Spectra): number => {
  let [shared, all] = [0, 0]
  for (const [frame, bands] of one.bands.entries())
    for (let band = 0; band < BANDS; band++) {
      shared += Math.min(bands[band]!, other.bands[frame]![band]!)
      all += (bands[band]! + other.bands[frame]![band]!) / 2
    }
  return shared / Math.max(TINY, all)
}

/** Largest step of the level from one bar to the next, from the bar before the window to the one behind it, in decibels. */
const levelStep = (mix: Float32Array, [start, end]: readonly [number, number], barFrames: number): number => {
  const bars = Math.max(1, Math.round((end - start) / barFrames))
  const edges = [
    0,
    ...Array.from({ length: bars + 1 }, (_, bar) => Math.round(start + (bar * (end - start)) / bars)),
    mix.length,
  ]
  const levels = edges.slice(1).map((edge, at) => {
    const bar = mix.subarray(edges[at]!, edge)
    return 10 * Math.log10(bar.reduce((sum, value) => sum + value ** 2, 0) / bar.length + 1e-6)
  })
  return levels.slice(1).reduce((most, level, at) => Math.max(most, Math.abs(level - levels[at]!)), 0)
}

export type RenderedPair = {
  /** Both decks as they are mixed. */
  readonly decks: readonly [Float32Array, Float32Array]
  readonly sampleRate: number
  /** The window in which both sound, in samples; around it, each sounds by itself. */
  readonly window: readonly [start: number, end: number]
  readonly barFrames: number
}

export const measureMix = ({ decks, sampleRate, window: [start, end], barFrames }: RenderedPair): MixFigures => {
  const [one, other] = decks.map((deck) => spectraOf(deck.subarray(start, end), sampleRate)) as [Spectra, Spectra]
  return {
    'onset alignment': flams(one, other, sampleRate),
    'chroma dissonance': dissonance(one, other),
    'level step': levelStep(
      decks[0].map((value, n) => value + decks[1][n]!),
      [start, end],
      barFrames,
    ),
    'band masking': masking(one, other),
  }
}
