/**
 * @file Plays one track of a mix, block after block: as recorded where its time map is even, through a time-stretch where it is not.
 * Method: a time-stretch is fed so that what comes out of it is on time, its own delays counted in. Where it begins and ends it is faded
 * over to the recording, since the phases of both differ.
 * Conventions: samples of the mix and of the recording, at the same rate; two channels.
 */
import type { Hertz } from '../units/units.ts'
import type { MixDeck } from './plan-mix.ts'
import { sourceAt } from './time-map.ts'

export type StereoBlock = readonly [left: Float32Array, right: Float32Array]

/** The sound of a track; what lies outside of it is silence. */
export type StereoSource = { readonly read: (from: number, frames: number) => StereoBlock }

/** A time-stretch that keeps the key. */
export type Stretcher = {
  /** Samples of input that it must have before what it puts out, and of output by which it is late. */
  readonly inputLatency: number
  readonly outputLatency: number
  /** Begins anew after this much input. @param rate at which input is going to come */
  readonly seek: (before: StereoBlock, rate: number) => void
  readonly process: (input: StereoBlock, frames: number) => StereoBlock
}

/** Of the fade between recording and time-stretch: short enough to lie between two beats. */
const FADE_FRAMES = 1024
/** A time-stretch hears the tempo change at the earliest after so many frames. */
const STEP_FRAMES = 512

type Region = { readonly start: number; readonly end: number }

/** Regions that overlap with their fades are one. */
const regionsOf = ({ stretched }: MixDeck, sampleRate: Hertz): readonly Region[] => {
  const regions: Region[] = []
  for (const [from, to] of stretched) {
    const [start, end] = [Math.floor(from * sampleRate) - FADE_FRAMES, Math.ceil(to * sampleRate) + 2 * FADE_FRAMES]
    const last = regions.at(-1)
    if (last !== undefined && last.end >= start) regions[regions.length - 1] = { start: last.start, end }
    else regions.push({ start, end })
  }
  return regions
}

export type DeckReader = {
  /** The next frames of the mix, as loud as recorded. */
  readonly read: (frames: number) => StereoBlock
}

/** @param from sample of the mix to begin at */
export const createDeckReader = (
  {
    deck,
    source,
    stretcher,
    sampleRate,
  }: {
    readonly deck: MixDeck
    readonly source: StereoSource
    readonly stretcher: Stretcher
    readonly sampleRate: Hertz
  },
  from: number,
): DeckReader => {
  const regions = regionsOf(deck, sampleRate)
  const sourceSample = (sample: number): number => sourceAt(deck.map, sample / sampleRate) * sampleRate
  const { inputLatency, outputLatency } = stretcher
  /** Input that the time-stretch must have had by the time that it has put out everything before a sample. */
  const inputBy = (sample: number): number => Math.round(sourceSample(sample + outputLatency) + inputLatency)
  let at = from
  let region: Region | null = null
  let fed = 0

  const enter = (next: Region): void => {
    region = next
    fed = inputBy(at)
    const before = inputLatency + outputLatency
    const rate = (inputBy(at + STEP_FRAMES) - fed) / STEP_FRAMES
    stretcher.seek(source.read(fed - before, before), rate)
  }
  const stretch = (frames: number): StereoBlock => {
    const until = inputBy(at + frames)
    const input = source.read(fed, until - fed)
    fed = until
    return stretcher.process(input, frames)
  }
  const recorded = (frames: number): StereoBlock => source.read(Math.round(sourceSample(at)), frames)
  /** How much of the time-stretch is heard, 0 to 1. */
  const shareAt = ({ start, end }: Region, sample: number): number =>
    Math.max(0, Math.min(1, (sample - start) / FADE_FRAMES, (end - sample) / FADE_FRAMES))

  const step = (frames: number): StereoBlock => {
    const found = regions.find(({ start, end }) => at >= start && at < end) ?? null
    if (found === null) region = null
    else if (found !== region) enter(found)
    if (found === null) return recorded(frames)
    const stretched = stretch(frames)
    const isWhole = shareAt(found, at) === 1 && shareAt(found, at + frames - 1) === 1
    if (isWhole) return stretched
    const plain = recorded(frames)
    for (const [channel, plane] of stretched.entries())
      for (let n = 0; n < frames; n++) {
        const share = shareAt(found, at + n)
        plane[n] = share * plane[n]! + (1 - share) * plain[channel]![n]!
      }
    return stretched
  }
  /** Up to where the next step may go: it neither enters nor leaves a region on its way. */
  const edgeAfter = (sample: number): number =>
    Math.min(
      ...regions.flatMap(({ start, end }) => [start, end].filter((edge) => edge > sample)),
      Number.POSITIVE_INFINITY,
    )

  const read = (frames: number): StereoBlock => {
    const planes: StereoBlock = [new Float32Array(frames), new Float32Array(frames)]
    for (let done = 0; done < frames; ) {
      const count = Math.min(frames - done, STEP_FRAMES, edgeAfter(at) - at)
      const block = step(count)
      for (const [channel, plane] of block.entries()) planes[channel]!.set(plane, done)
      at += count
      done += count
    }
    return planes
  }
  return { read }
}
