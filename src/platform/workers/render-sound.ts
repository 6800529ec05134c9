import type { MixRange } from '../../core/mixing/mix-range.ts'
import { type MixSources, renderDeck, renderMix } from '../mixing/render-mix.ts'
import type { TaskContext } from './task-context.ts'

export type RenderMixInput = MixSources & { readonly range: MixRange; readonly path: string }

/** How far a mix has got, and the deck that came in last. */
export type MixProgress = { readonly share: number; readonly deck: number }

/** A share of this size is told; smaller ones are too many to hear of. */
const TOLD_SHARE = 0.002

/** @returns its length in seconds */
export const renderMixFile = (
  { range, path, ...sources }: RenderMixInput,
  { report, signal }: TaskContext<MixProgress>,
): Promise<number> => {
  let [deck, told] = [0, 0]
  return renderMix(sources, range, path, {
    signal,
    onDeck: (index) => {
      deck = index
    },
    onShare: (share) => {
      if (share < 1 && share - told < TOLD_SHARE) return
      told = share
      report({ share, deck })
    },
  })
}

export type RenderDeckInput = MixSources & { readonly range: MixRange; readonly deck: number }

export const renderDeckFile = (
  { range, deck, ...sources }: RenderDeckInput,
  { signal }: TaskContext<never>,
): Promise<Uint8Array> => renderDeck(sources, deck, range, { signal })
