/**
 * What it is worth to blend one's own model with a friend's: the makers of a corpus are dealt to the person, to the friend and to the tracks
 * that both are judged on, so that nobody knows another's. A stranger is the same friend who uses the words for other things.
 */

import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { bootstrapBand } from '../../src/core/evaluation/bootstrap-band.ts'
import type { SectionModel } from '../../src/core/models/section-model.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { labelKey, type RivalModel } from '../../src/core/training/rivals.ts'
import { tryBlend } from '../../src/core/training/try-blend.ts'
import { scorePairs } from './figure.ts'
import { layGrids, type Prepared, predictTrack } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { scoreTrack, type TrackOutcome } from './measures.ts'
import { alignColumns } from './table.ts'
import { artistGroups } from './track-groups.ts'
import { type TrainedModels, toTraining, trainModels } from './train.ts'

const OWN_COUNTS = [7, 15] as const
const FRIEND_COUNT = 14
const WAYS = ['own', 'friend', 'blend', 'taken'] as const
const FRIENDS = ['friend', 'stranger'] as const

type Way = (typeof WAYS)[number]
type Said = {
  readonly count: number
  readonly friend: (typeof FRIENDS)[number]
  readonly draw: number
  readonly share: number
  readonly isOffered: boolean
  readonly outcomes: Readonly<Record<Way, readonly TrackOutcome[]>>
}

const rivalOf = (version: number, { model, outOfFold }: TrainedModels, tracks: readonly GriddedTrack[]): RivalModel => {
  const said = new Map(outOfFold.map(({ labelId, probabilities }) => [labelId, probabilities]))
  const labels = tracks.map(toTraining).flatMap((track) => track.labels.map((label) => ({ track, label })))
  return {
    version,
    model,
    learnt: new Set(tracks.map(({ track }) => track.id)),
    tainted: new Set(),
    heldOut: new Map(labels.map(({ track, label }) => [labelKey(track.audioDigest, label), said.get(label.id)!])),
  }
}

/** The same answers under the names of other kinds. */
const asStranger = ({ kinds, ...model }: SectionModel): SectionModel => ({
  ...model,
  kinds: kinds.map((_, at) => kinds[(at + 1) % kinds.length]!),
})

type Options = { readonly seed: number; readonly shuffles: number; readonly onStep: (text: string) => void }

const figures = (outcomes: readonly TrackOutcome[]): readonly number[] => {
  const spans = scorePairs(outcomes.flatMap((track) => track.spans))
  const bars = scorePairs(outcomes.flatMap((track) => track.bars))
  const hits = outcomes.flatMap(({ hitHalfSecond }) => (hitHalfSecond ? [hitHalfSecond.f] : []))
  return [spans.accuracy, spans.macroF1, bars.accuracy, hits.reduce((sum, f) => sum + f, 0) / hits.length]
}

const linesOf = (said: readonly Said[]): readonly (readonly string[])[] =>
  WAYS.map((way) => [
    String(said[0]!.count),
    way,
    ...figures(said.flatMap(({ outcomes }) => outcomes[way])).map((value) => value.toFixed(3)),
  ])

const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`

const offeredText = (said: readonly Said[], seed: number): string => {
  const of = said.filter(({ isOffered }) => isOffered)
  const gain = ({ outcomes }: Said): number => figures(outcomes.blend)[0]! - figures(outcomes.own)[0]!
  const mean = (all: readonly Said[]): number => all.reduce((sum, one) => sum + gain(one), 0) / Math.max(1, all.length)
  const band = of.length > 1 ? bootstrapBand(of.length, (places) => mean(places.map((at) => of[at]!)), { seed }) : null
  const head = `${said[0]!.count} tracks, ${said[0]!.friend}: offered in ${of.length} of ${said.length} draws`
  if (of.length === 0) return `${head}.`
  const range = band === null ? '' : ` (90 % band over draws ${points(band.low)} to ${points(band.high)})`
  const worse = of.filter((one) => gain(one) < 0).length
  return `${head}, with ${points(mean(of))} points of accuracy for given spans${range}; worse in ${worse} of these.`
}

export const evaluateBlend = async (corpus: Prepared, { seed, shuffles, onStep }: Options): Promise<string> => {
  const gridded = await layGrids(corpus.tracks, shippedBarPhaseModel, { features: corpus.features })
  const names = artistGroups(gridded.map(({ track }) => track))
  const groups = [...Map.groupBy(gridded, (track) => names[gridded.indexOf(track)]!).values()]
  const said: Said[] = []
  for (let draw = 0; draw < shuffles; draw++) {
    onStep(`blend: draw ${draw + 1} of ${shuffles}`)
    const dealt = shuffle(groups, createRandom(seed + draw)).flat()
    const friendTracks = dealt.slice(0, FRIEND_COUNT)
    const ownTracks = dealt.slice(FRIEND_COUNT, FRIEND_COUNT + Math.max(...OWN_COUNTS))
    const known = new Set([...friendTracks, ...ownTracks].map((track) => names[gridded.indexOf(track)]!))
    const judged = dealt.filter((track) => !known.has(names[gridded.indexOf(track)]!))
    const friend = await trainModels(friendTracks)
    const judge = (models: TrainedModels): readonly TrackOutcome[] =>
      judged.map((track) => scoreTrack(track.track, predictTrack(models, track)))
    const friendOutcomes = judge(friend)
    for (const count of OWN_COUNTS) {
      const mine = ownTracks.slice(0, count)
      const own = await trainModels(mine)
      const ownOutcomes = judge(own)
      for (const kind of FRIENDS) {
        const model = kind === 'friend' ? friend.model : asStranger(friend.model)
        const theirs = { ...rivalOf(2, friend, friendTracks), model }
        const tried = tryBlend({ ours: rivalOf(1, own, mine), theirs, tracks: mine.map(toTraining), seed: seed + draw })
        if (tried === null) continue
        // Of a stranger it matters only whether the blend is offered.
        const blend = kind === 'friend' || tried.isBetter ? judge({ ...own, model: tried.model }) : ownOutcomes
        const outcomes = {
          own: ownOutcomes,
          friend: friendOutcomes,
          blend,
          taken: tried.isBetter ? blend : ownOutcomes,
        }
        said.push({ count, friend: kind, draw, share: tried.weight.share, isOffered: tried.isBetter, outcomes })
      }
    }
  }
  const cells = OWN_COUNTS.flatMap((count) =>
    FRIENDS.map((friend) => said.filter((one) => one.count === count && one.friend === friend)),
  ).filter(({ length }) => length > 0)
  const shares = cells.map(
    (own) =>
      `${own[0]!.count} tracks, ${own[0]!.friend}: mean weight ${(own.reduce((sum, { share }) => sum + share, 0) / own.length).toFixed(2)}`,
  )
  return [
    `${shuffles} draws; the friend labelled ${FRIEND_COUNT} tracks. On tracks of other makers than either's (“taken”: the blend where it is offered, else one's own):`,
    alignColumns([
      ['own tracks', 'model', 'accuracy', 'macro-F1', 'bars', 'HR.5F'],
      ...cells.filter((own) => own[0]!.friend === 'friend').flatMap(linesOf),
    ]),
    [...cells.map((own) => offeredText(own, seed)), ...shares].join('\n'),
  ].join('\n\n')
}
