import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { barOf } from '../../core/labels/bar-text.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import { beatRatio, checkMove, type MixMove, moveOfWindow } from '../../core/mixing/mix-move.ts'
import { mixWindows, type WindowLimits } from '../../core/setlist/best-window.ts'
import { type MixProfile, profileOf } from '../../core/setlist/mix-profile.ts'
import { type MixableTrack, type ProposedTransition, proposeTransition } from '../../core/setlist/propose-transition.ts'
import { scoreTransition, type Transition } from '../../core/setlist/score-transition.ts'
import { describeEnd } from '../../core/setlist/transition-end.ts'
import { distanceBetween, soundSpans, type WaySounds, wayDistance } from '../../core/setlist/way-sounds.ts'
import type { Sound } from '../../core/similarity/sound-table.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import type { Workspace } from '../kit/workspace.ts'
import { soundsOfSpans } from '../sounds/section-vectors.ts'
import type { ComparedSounds } from '../sounds/similar-tracks.ts'
import { windowByHand } from './kept-transitions.ts'
import { mixableTrack } from './mixable-track.ts'

/** The stretch of a track that a transition was judged by. */
export type TransitionSide = Span & {
  readonly track: TrackOverview
  readonly startSeconds: number
  readonly endSeconds: number
  /** What named the stretch: a label, a suggestion or, without either, the end or beginning of the track. */
  readonly chosenBy: 'label' | 'suggestion' | 'place'
}

export type JudgedTransition = Transition & { readonly from: TransitionSide; readonly to: TransitionSide }

/** Out of one track of the library and into another. */
export type TrackTransition = ProposedTransition & {
  readonly fromId: number
  readonly toId: number
  /** How it is played; null where the tempi lie too far apart. */
  readonly move: MixMove | null
  /** Whether the person has set it so. */
  readonly isKept: boolean
}

export type TransitionWorkspace = ComparedSounds & Pick<Workspace, 'ears'>

/** DJs mix over eight bars where nothing else is known. */
const PLACE_BEATS = 32

type Chosen = Span & Pick<TransitionSide, 'chosenBy'>

const chooseSpan = ({ grid, parts: all }: MixableTrack, kind: SectionKind): Chosen => {
  const parts = all.filter((part) => part.kind === kind)
  const found = kind === 'outro' ? parts.at(-1) : parts[0]
  if (found) {
    const { startBeat, endBeat, isLabel } = found
    return { startBeat, endBeat, chosenBy: isLabel ? 'label' : 'suggestion' }
  }
  const length = Math.min(PLACE_BEATS, grid.beatCount)
  const startBeat = kind === 'outro' ? grid.beatCount - length : 0
  return { startBeat, endBeat: startBeat + length, chosenBy: 'place' }
}

type Side = { readonly side: TransitionSide; readonly described: MixProfile; readonly sound: Sound }

const sideOf = async (workspace: TransitionWorkspace, track: Track, kind: SectionKind): Promise<Side> => {
  const { store } = workspace
  const described = await mixableTrack(workspace, track)
  const { chosenBy, ...span } = chooseSpan(described, kind)
  const { grid } = described
  return {
    side: {
      track: trackOverviewsOf(store, [track.id])[0]!,
      ...span,
      startSeconds: beatsToSeconds(grid, span.startBeat),
      endSeconds: beatsToSeconds(grid, span.endBeat),
      chosenBy,
    },
    described: profileOf(described),
    sound: soundsFor(store, track, [span])[0]!,
  }
}

const soundsFor = (store: Store, track: Track, spans: readonly Span[]): readonly Sound[] => {
  const { features, embeddings } = soundsOfSpans(store, track, spans)
  return spans.map((_, at) => ({ features: features?.[at] ?? null, embedding: embeddings?.[at] ?? null }))
}

/** The sounds by which a track is compared with those before and after it. */
export const waySoundsOf = (store: Store, track: Track, { places }: MixProfile): WaySounds => {
  const { out, into } = soundSpans(places)
  const spans = [...out, ...into]
  const sounds = soundsFor(
    store,
    track,
    spans.filter((span) => span !== null),
  )
  let at = 0
  const [outro, rest, drop, intro, peak] = spans.map((span) => (span === null ? null : sounds[at++]!)) as Sound[]
  return { out: [outro!, rest!, drop!], into: [intro!, peak!] }
}

/** Judges how well the outro of one track leads into the intro of another. @throws ANALYSIS_REQUIRED */
export const judgeTransition = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
): Promise<JudgedTransition> => {
  const [out, into] = [await sideOf(workspace, one, 'outro'), await sideOf(workspace, other, 'intro')]
  const distance = distanceBetween(await workspace.index.scale(), out.sound, into.sound)
  const ends = [describeEnd(out.described, out.side), describeEnd(into.described, into.side)] as const
  return { ...scoreTransition(...ends, distance), from: out.side, to: into.side }
}

type Pair = {
  readonly tracks: readonly [Track, Track]
  readonly mixable: readonly [MixableTrack, MixableTrack]
}

/** As the person has set it; null where that is nothing, or where a grid has changed so that it goes no more. */
const keptTransition = async (workspace: TransitionWorkspace, pair: Pair): Promise<TrackTransition | null> => {
  const [{ id: fromId }, { id: toId }] = pair.tracks
  const kept = workspace.store.transitions.get({ fromId, toId })
  if (kept === null) return null
  const { fromId: _, toId: __, changedAt: ___, ...move } = kept
  const [from, to] = [pair.mixable[0].grid, pair.mixable[1].grid]
  const titles = [pair.mixable[0].title, pair.mixable[1].title] as const
  const ratio = unlessImpossible(() => {
    checkMove([from, to], move, titles)
    return beatRatio(from, to, move)
  })
  if (ratio === null) return null
  const window = windowByHand(pair.mixable, move, ratio)
  const swapBar = move.bassSwapBeat === null ? null : barOf(to, move.toBeat + move.bassSwapBeat * ratio)
  const [out, into] = pair.tracks.map(
    (track, at) => soundsFor(workspace.store, track, [at === 0 ? window.from : window.to])[0]!,
  )
  const distance = distanceBetween(await workspace.index.scale(), out!, into!)
  const judged = proposeTransition(...pair.mixable, { window, distance, bassSwapBar: swapBar })
  return { ...judged, fromId, toId, move, isKept: true }
}

/** Null where the tracks, as they are now, cannot be played so. */
const unlessImpossible = <Result>(attempt: () => Result): Result | null => {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/** As the person has set it; null where that is nothing, or goes no more. @throws ANALYSIS_REQUIRED */
export const keptBetween = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
): Promise<TrackTransition | null> =>
  keptTransition(workspace, {
    tracks: [one, other],
    mixable: [await mixableTrack(workspace, one), await mixableTrack(workspace, other)],
  })

/**
 * Every way in which the one leads into the other: first as the person has set it, then the best.
 * @param limits of the bars that are looked for; without any, the best ones @throws ANALYSIS_REQUIRED
 */
export const proposeTransitions = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
  limits?: WindowLimits,
): Promise<readonly TrackTransition[]> => {
  const { store, index } = workspace
  const mixable = [await mixableTrack(workspace, one), await mixableTrack(workspace, other)] as const
  const profiles = [profileOf(mixable[0]), profileOf(mixable[1])] as const
  const sounds = [waySoundsOf(store, one, profiles[0]), waySoundsOf(store, other, profiles[1])] as const
  const scale = await index.scale()
  const grids = [mixable[0].grid, mixable[1].grid] as const
  const proposed = mixWindows(...profiles, limits).map((window): TrackTransition => {
    const judged = proposeTransition(...mixable, { window, distance: wayDistance(scale, window.style, sounds) })
    const move = unlessImpossible(() =>
      moveOfWindow(grids, { ...judged, style: window.style }, judged.bassSwapBar !== null),
    )
    return { ...judged, fromId: one.id, toId: other.id, move, isKept: false }
  })
  const kept = await keptTransition(workspace, { tracks: [one, other], mixable })
  return [...(kept ? [kept] : []), ...proposed.sort((a, b) => (b.score ?? 0) - (a.score ?? 0))]
}
