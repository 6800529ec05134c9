import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import {
  type MixableTrack,
  mixWindows,
  type ProposedTransition,
  proposeTransition,
} from '../../core/setlist/propose-transition.ts'
import { scoreTransition, type Transition } from '../../core/setlist/score-transition.ts'
import { describeEnd, type EndingTrack } from '../../core/setlist/transition-end.ts'
import type { Sound } from '../../core/similarity/sound-table.ts'
import type { Store } from '../../platform/store/store.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import type { Workspace } from '../kit/workspace.ts'
import { soundsOfSpans } from '../sounds/section-vectors.ts'
import type { ComparedSounds } from '../sounds/similar-tracks.ts'
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
export type TrackTransition = ProposedTransition & { readonly fromId: number; readonly toId: number }

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

export const soundOfSpan = (store: Store, track: Track, span: Span): Sound => {
  const { features, embeddings } = soundsOfSpans(store, track, [span])
  return { features: features?.[0] ?? null, embedding: embeddings?.[0] ?? null }
}

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

/** Every way in which the one leads into the other, the best first. @throws ANALYSIS_REQUIRED */
export const proposeTransitions = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
): Promise<readonly TrackTransition[]> => {
  const { store } = workspace
  const [out, into] = [await mixableTrack(workspace, one), await mixableTrack(workspace, other)]
  const proposed: TrackTransition[] = []
  for (const window of mixWindows(out, into)) {
    const sounds = [soundOfSpan(store, one, window.from), soundOfSpan(store, other, window.to)] as const
    const distance = await distanceOf(workspace, ...sounds)
    proposed.push({ ...proposeTransition(out, into, { window, distance }), fromId: one.id, toId: other.id })
  }
  return proposed.sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
}
