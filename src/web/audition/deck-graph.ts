/**
 * @file The two decks of a transition in Web Audio: what the server has put on the beats of both, mixed by the same gains and the same
 * crossover as a rendered file. Everything is handed to the sound card ahead of time, so that no timer of the page can put it off the beat.
 */
import { BASS_BELOW_HZ } from '../../core/mixing/band-split.ts'
import { deckGains } from '../../core/mixing/mix-blocks.ts'
import type { MixRange } from '../../core/mixing/mix-range.ts'
import type { Mix } from '../../core/mixing/plan-mix.ts'
import { softLimit } from '../../core/mixing/soft-limit.ts'

export type Decks = {
  readonly mix: Mix
  readonly range: MixRange
  /** Each over the whole range, as `auditionDeck` sends it. */
  readonly buffers: readonly AudioBuffer[]
  readonly nudgeMs: number
}

/** Gains go in straight lines of this length. */
const LINE_SECONDS = 0.005
/** Butterworth in the decibels that Web Audio counts resonance in. */
const RESONANCE_DB = 20 * Math.log10(Math.SQRT1_2)
/** The limiter is drawn for levels up to this. */
const MOST_LEVEL = 4
const LIMIT_POINTS = 8193

const limiterCurve = (): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: LIMIT_POINTS }, (_, at) => softLimit(((2 * at) / (LIMIT_POINTS - 1) - 1) * MOST_LEVEL))

const halfOf = (context: BaseAudioContext, type: 'lowpass' | 'highpass'): readonly [AudioNode, AudioNode] => {
  const filter = (): BiquadFilterNode =>
    new BiquadFilterNode(context, { type, frequency: BASS_BELOW_HZ, Q: RESONANCE_DB })
  const [first, second] = [filter(), filter()]
  first.connect(second)
  return [first, second]
}

/**
 * Schedules both decks.
 * @param position seconds of the range to begin at @param when it begins, by the clock of the context
 * @returns what stops them
 */
export const playDecks = (
  context: BaseAudioContext,
  { mix, range, buffers, nudgeMs }: Decks,
  { position, when }: { readonly position: number; readonly when: number },
): (() => void) => {
  const left = range.endSeconds - range.startSeconds - position
  const points = Math.max(2, Math.ceil(left / LINE_SECONDS) + 1)
  const limiter = new WaveShaperNode(context, { curve: limiterCurve() })
  const scale = new GainNode(context, { gain: 1 / MOST_LEVEL })
  scale.connect(limiter).connect(context.destination)
  const sources = buffers.map((buffer, deck) => {
    const source = new AudioBufferSourceNode(context, { buffer })
    const gainAt = (at: number) => deckGains(mix, deck, range.startSeconds + position + (at * left) / (points - 1))
    for (const [band, type] of [
      ['bass', 'lowpass'],
      ['rest', 'highpass'],
    ] as const) {
      const [first, last] = halfOf(context, type)
      const gain = new GainNode(context, { gain: 0 })
      gain.gain.setValueCurveAtTime(
        Float32Array.from({ length: points }, (_, at) => gainAt(at)[band]),
        when,
        left,
      )
      source.connect(first)
      last.connect(gain).connect(scale)
    }
    // A late deck begins later, an early one further on in its sound.
    const late = deck === 1 ? nudgeMs / 1000 : 0
    const begin = position - late
    source.start(when + Math.max(0, -begin), Math.max(0, begin))
    return source
  })
  return () => {
    for (const source of sources) source.disconnect()
    limiter.disconnect()
  }
}
