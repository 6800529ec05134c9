import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { barOf } from '../../core/labels/bar-text.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import { beatRatio, checkMove, type MixMove, moveOfWindow } from '../../core/mixing/mix-move.ts'
import {
  type MixableTrack,
  mixWindows,
  type ProposedTransition,
  proposeTransition,
  type StyledWindow,
} from '../../core/setlist/propose-transition.ts'
import { scoreTransition, type Transition } from '../../core/setlist/score-transition.ts'
import { describeEnd, type EndingTrack } from '../../core/setlist/transition-end.ts'
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

type Side = { readonly side: TransitionSide; readonly described: EndingTrack; readonly sound: Sound }

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
    described,
    sound: soundOfSpan(store, track, span),
  }
}

const soundsFor = (store: Store, track: Track, spans: readonly Span[]): readonly Sound[] => {
  const { features, embeddings } = soundsOfSpans(store, track, spans)
  return spans.map((_, at) => ({ features: features?.[at] ?? null, embedding: embeddings?.[at] ?? null }))
}

export const soundOfSpan = (store: Store, track: Track, span: Span): Sound => soundsFor(store, track, [span])[0]!

const isHeard = ({ features, embedding }: Sound): boolean => features !== null || embedding !== null

const distanceOf = async ({ index }: TransitionWorkspace, out: Sound, into: Sound): Promise<number | null> =>
  isHeard(out) && isHeard(into) ? index.compare(out, into) : null

/** Judges how well the outro of one track leads into the intro of another. @throws ANALYSIS_REQUIRED */
export const judgeTransition = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
): Promise<JudgedTransition> => {
  const [out, into] = [await sideOf(workspace, one, 'outro'), await sideOf(workspace, other, 'intro')]
  const distance = await distanceOf(workspace, out.sound, into.sound)
  const ends = [describeEnd(out.described, out.side), describeEnd(into.described, into.side)] as const
  return { ...scoreTransition(...ends, distance), from: out.side, to: into.side }
}

type Pair = {
  readonly tracks: readonly [Track, Track]
  readonly mixable: readonly [MixableTrack, MixableTrack]
}

/** @param windows each with the bar of the swap, where a person has set it; the sounds of all are read at once */
const judgeWindows = async (
  workspace: TransitionWorkspace,
  { tracks: [one, other], mixable }: Pair,
  windows: readonly { readonly window: StyledWindow; readonly bassSwapBar?: number | null }[],
): Promise<readonly ProposedTransition[]> => {
  const outs = soundsFor(
    workspace.store,
    one,
    windows.map(({ window }) => window.from),
  )
  const ins = soundsFor(
    workspace.store,
    other,
    windows.map(({ window }) => window.to),
  )
  const judged: ProposedTransition[] = []
  for (const [at, told] of windows.entries()) {
    const distance = await distanceOf(workspace, outs[at]!, ins[at]!)
    judged.push(proposeTransition(...mixable, { ...told, distance }))
  }
  return judged
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
  const [judged] = await judgeWindows(workspace, pair, [{ window, bassSwapBar: swapBar }])
  return { ...judged!, fromId, toId, move, isKept: true }
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

/** Every way in which the one leads into the other: first as the person has set it, then the best. @throws ANALYSIS_REQUIRED */
export const proposeTransitions = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
): Promise<readonly TrackTransition[]> => {
  const mixable = [await mixableTrack(workspace, one), await mixableTrack(workspace, other)] as const
  const pair: Pair = { tracks: [one, other], mixable }
  const grids = [mixable[0].grid, mixable[1].grid] as const
  const proposed: TrackTransition[] = []
  const windows = mixWindows(...mixable)
  const all = await judgeWindows(
    workspace,
    pair,
    windows.map((window) => ({ window })),
  )
  for (const [at, { style }] of windows.entries()) {
    const judged = { ...all[at]!, style }
    const move = unlessImpossible(() => moveOfWindow(grids, judged, judged.bassSwapBar !== null))
    proposed.push({ ...judged, fromId: one.id, toId: other.id, move, isKept: false })
  }
  const kept = await keptTransition(workspace, pair)
  return [...(kept ? [kept] : []), ...proposed.sort((a, b) => (b.score ?? 0) - (a.score ?? 0))]
}
