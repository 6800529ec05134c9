import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import { scoreTransition, type Transition } from '../../core/setlist/score-transition.ts'
import { describeEnd, type EndingTrack } from '../../core/setlist/transition-end.ts'
import type { Sound } from '../../core/similarity/sound-table.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import { requireGrid } from '../kit/current-grid.ts'
import type { Workspace } from '../kit/workspace.ts'
import { sectionParts, soundsOfSpans } from '../sounds/section-vectors.ts'
import type { ComparedSounds } from '../sounds/similar-tracks.ts'
import { voiceOf } from '../sounds/track-voice.ts'

/** The stretch of a track that a transition was judged by. */
export type TransitionSide = Span & {
  readonly track: TrackOverview
  readonly startSeconds: number
  readonly endSeconds: number
  /** What named the stretch: a label, a suggestion or, without either, the end or beginning of the track. */
  readonly chosenBy: 'label' | 'suggestion' | 'place'
}

export type JudgedTransition = Transition & { readonly from: TransitionSide; readonly to: TransitionSide }

export type TransitionWorkspace = ComparedSounds & Pick<Workspace, 'ears'>

/** DJs mix over eight bars where nothing else is known. */
const PLACE_BEATS = 32

type Chosen = Span & Pick<TransitionSide, 'chosenBy'>

const chooseSpan = (store: Store, track: Track, grid: BeatGrid, kind: SectionKind): Chosen => {
  const parts = sectionParts(store, track.id).filter((part) => part.kind === kind)
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
  const { grid } = requireGrid(store, track)
  const analysis = store.analyses.get(track.id)
  if (analysis === null)
    throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} can be judged once it is analysed.`)
  const { camelot, tuningCents, energyCurve } = analysis.facts
  const { chosenBy, ...span } = chooseSpan(store, track, grid, kind)
  const { features, embeddings } = soundsOfSpans(store, track, [span])
  return {
    side: {
      track: trackOverviewsOf(store, [track.id])[0]!,
      ...span,
      startSeconds: beatsToSeconds(grid, span.startBeat),
      endSeconds: beatsToSeconds(grid, span.endBeat),
      chosenBy,
    },
    described: {
      grid,
      camelot,
      tuningCents,
      energyCurve,
      features: store.features.read(analysis),
      voice: await voiceOf(workspace, track),
    },
    sound: { features: features?.[0] ?? null, embedding: embeddings?.[0] ?? null },
  }
}

const isHeard = ({ features, embedding }: Sound): boolean => features !== null || embedding !== null

/** Judges how well the outro of one track leads into the intro of another. @throws ANALYSIS_REQUIRED */
export const judgeTransition = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
): Promise<JudgedTransition> => {
  const [out, into] = [await sideOf(workspace, one, 'outro'), await sideOf(workspace, other, 'intro')]
  const isKnown = isHeard(out.sound) && isHeard(into.sound)
  const distance = isKnown ? await workspace.index.compare(out.sound, into.sound) : null
  const ends = [describeEnd(out.described, out.side), describeEnd(into.described, into.side)] as const
  return { ...scoreTransition(...ends, distance), from: out.side, to: into.side }
}
