/**
 * @file What a person's labels say of dance music and of songs apart: how long kinds last, what follows what, and which kinds a style hardly has.
 * Method: every label counts for both styles, by how much its track sounds like either. Where a style has few labels it goes by those of the other
 * (Dirichlet counts towards them), and where neither has, by what holds for most music: songs have no drops, dance music no verses.
 * Conventions: rows of dance music, then as many of songs, as in `SectionModel`.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import type { SectionModel } from '../models/section-model.ts'
import type { Style } from '../models/style-priors.ts'
import { trainDurationPrior } from './duration-prior.ts'
import { type LabelledTrack, trainOrderPrior } from './order-prior.ts'

export type StyledTrack = LabelledTrack & {
  /** 0 to 1. */
  readonly songLikeness: number
}

/** Share of the labels of a kind that are in songs, before any label is seen; kinds that both styles have are left out. */
const SONG_SHARES: Readonly<Partial<Record<SectionKind, number>>> = { build: 0.1, drop: 0.1, verse: 0.9, chorus: 0.9 }
const EVEN = 0.5
/** Labels that this is worth: a person who calls loud rock a drop is soon believed. */
const EXPECTED_LABELS = 3
/** What a style never had is unlikely, not impossible. */
const LEAST_SHARE = 0.15

const kindSharesOf = (tracks: readonly StyledTrack[], kinds: readonly SectionKind[]): number[][] => {
  const labels = tracks.flatMap((track) => track.labels.map(({ kind }) => ({ kind, song: track.songLikeness })))
  const songShare = (own: typeof labels, expected: number): number =>
    (own.reduce((sum, { song }) => sum + song, 0) + EXPECTED_LABELS * expected) / (own.length + EXPECTED_LABELS)
  const all = songShare(labels, EVEN)
  const byKind = kinds.map((kind) => {
    const own = labels.filter((label) => label.kind === kind)
    return SONG_SHARES[kind] === undefined ? all : songShare(own, SONG_SHARES[kind])
  })
  // Only what is rarer than labels of the style altogether is held against a kind; the heads know the rest.
  const capped = (ratio: number): number => Math.max(LEAST_SHARE, Math.min(1, ratio))
  return [byKind.map((share) => capped((1 - share) / (1 - all))), byKind.map((share) => capped(share / all))]
}

export const trainStylePriors = (
  tracks: readonly StyledTrack[],
  kinds: readonly SectionKind[],
): Pick<SectionModel, 'durations' | 'order' | 'kindShares'> => {
  const ofStyle = (style: Style): LabelledTrack[] =>
    tracks.map((track) => ({ ...track, weight: style === 'song' ? track.songLikeness : 1 - track.songLikeness }))
  const [dance, songs] = [ofStyle('dance'), ofStyle('song')]
  return {
    durations: [...trainDurationPrior(dance, kinds, songs), ...trainDurationPrior(songs, kinds, dance)],
    order: [...trainOrderPrior(dance, kinds, songs), ...trainOrderPrior(songs, kinds, dance)],
    kindShares: kindSharesOf(tracks, kinds),
  }
}
