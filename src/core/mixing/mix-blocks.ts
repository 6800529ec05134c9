/**
 * @file The samples of a mix, block after block, so that a night takes no more memory than a track.
 * Conventions: two channels; samples of the mix at one rate.
 */
import type { Hertz, Seconds } from '../units/units.ts'
import { createBandSplit } from './band-split.ts'
import type { DeckReader, StereoBlock } from './deck-reader.ts'
import { type BandGains, fadeGains } from './fade-gains.ts'
import type { MixRange } from './mix-range.ts'
import type { Mix } from './plan-mix.ts'
import { softLimit } from './soft-limit.ts'

/** A track that can be heard now. */
export type OpenDeck = DeckReader & { readonly close: () => void }

const BLOCK_FRAMES = 4096
/** A deck is read from so long before it is heard, so that its time-stretch begins at the same sample wherever the mix is begun. */
const LEAD_SECONDS = 0.6
/** Gains change in straight lines of this length. */
const LINE_FRAMES = 64
const FULL: BandGains = { bass: 1, rest: 1 }

type Playing = { readonly deck: OpenDeck; readonly splits: readonly ReturnType<typeof createBandSplit>[] }

/** Gains of the deck of a mix; before and after its overlaps it is as loud as it gets. */
export const deckGains = ({ decks, overlaps }: Mix, index: number, seconds: Seconds): BandGains => {
  const { gain, startSeconds, endSeconds } = decks[index]!
  if (seconds < startSeconds || seconds >= endSeconds) return { bass: 0, rest: 0 }
  const [into, out] = [overlaps[index - 1], overlaps[index]]
  const { bass, rest } =
    out !== undefined && seconds >= out.startSeconds
      ? fadeGains(out, seconds).out
      : into !== undefined && seconds < into.endSeconds
        ? fadeGains(into, seconds).into
        : FULL
  return { bass: gain * bass, rest: gain * rest }
}

/**
 * @param open opens a deck at a sample of the mix; it is closed when it has faded out
 * @returns blocks from the start of the range to its end
 */
export async function* mixBlocks(
  mix: Mix,
  { startSeconds, endSeconds }: MixRange,
  {
    open,
    sampleRate,
  }: {
    readonly open: (index: number, from: number) => Promise<OpenDeck>
    readonly sampleRate: Hertz
  },
): AsyncGenerator<StereoBlock> {
  const [first, last] = [Math.round(startSeconds * sampleRate), Math.round(endSeconds * sampleRate)]
  const playing = new Map<number, Playing>()
  try {
    for (let at = first; at < last; at += BLOCK_FRAMES) {
      const frames = Math.min(BLOCK_FRAMES, last - at)
      const [start, end] = [at / sampleRate, (at + frames) / sampleRate]
      const sum: StereoBlock = [new Float32Array(frames), new Float32Array(frames)]
      for (const [index, deck] of mix.decks.entries()) {
        if (deck.endSeconds <= start || deck.startSeconds - LEAD_SECONDS >= end) {
          playing.get(index)?.deck.close()
          playing.delete(index)
          continue
        }
        if (!playing.has(index))
          playing.set(index, {
            deck: await open(index, at),
            splits: [createBandSplit(sampleRate), createBandSplit(sampleRate)],
          })
        add(sum, playing.get(index)!, (frame) => deckGains(mix, index, (at + frame) / sampleRate))
      }
      for (const plane of sum) for (let n = 0; n < frames; n++) plane[n] = softLimit(plane[n]!)
      yield sum
    }
  } finally {
    for (const { deck } of playing.values()) deck.close()
  }
}

const add = (sum: StereoBlock, { deck, splits }: Playing, gainsAt: (frame: number) => BandGains): void => {
  const frames = sum[0].length
  const block = deck.read(frames)
  const bands = block.map((plane, channel) => splits[channel]!(plane))
  for (let line = 0; line < frames; line += LINE_FRAMES) {
    const length = Math.min(LINE_FRAMES, frames - line)
    const [from, to] = [gainsAt(line), gainsAt(line + length)]
    for (const [channel, { bass, rest }] of bands.entries()) {
      const plane = sum[channel]!
      for (let n = 0; n < length; n++) {
        const share = n / length
        plane[line + n]! +=
          (from.bass + share * (to.bass - from.bass)) * bass[line + n]! +
          (from.rest + share * (to.rest - from.rest)) * rest[line + n]!
      }
    }
  }
}
