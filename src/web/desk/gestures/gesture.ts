import type { BeatGrid } from '../../../core/beats/beat-grid.ts'
import type { GridEdit } from '../../../core/beats/grid-edit.ts'
import type { Label } from '../../../core/labels/label.ts'
import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { Ghost } from '../../waveform/paint-spans.ts'
import type { Edit } from '../label-edits.ts'
import { meantBeat, type Snap } from '../snap.ts'

/** Where a pointer is on the waveform. */
export type Point = {
  /** In pixels. */
  readonly x: number
  /** Not rounded. */
  readonly beat: number
  readonly seconds: number
  readonly lane: 'bars' | 'sound' | 'labels' | 'suggestions'
  /** Single beats are meant, whatever the desk snaps to. */
  readonly isFine: boolean
}

/** What a gesture reads of the desk. */
export type Scene = {
  readonly grid: BeatGrid
  readonly durationSeconds: number
  readonly snap: Snap
  readonly pixelsPerBeat: number
  readonly labels: readonly Label[]
  readonly ghosts: readonly Ghost[]
  /** What is painted. */
  readonly kind: SectionKind
  readonly ownKindId?: number | undefined
}

type Selection = { readonly selectedBeat: number | null; readonly selectedGhost: string | null }

/** An edit that a gesture ends with. */
export type Finished = {
  readonly edit: Edit
  /** Of the gesture, as it is said. */
  readonly name: string
  /** Where the label starts that is selected if the edit changed anything. */
  readonly selectedBeat: number
}

/** What the desk is to do; what is left out stays as it is. */
export type Answer = {
  /** Shown until the gesture ends. */
  readonly preview?: readonly Label[] | null
  readonly selection?: Selection
  readonly seekBeat?: number
  readonly finished?: Finished
  readonly previewGrid?: BeatGrid | null
  readonly gridEdit?: GridEdit
}

/** The state is null where a gesture does not begin, and where it is over. */
export type Step<State, Answered = Answer> = { readonly state: State | null; readonly answer: Answered }

/** What a pointer does from press to release, over plain values: each step gives the next state and what is to be done. */
export type Gesture<State> = {
  readonly begin: (point: Point, scene: Scene) => Step<State>
  readonly move: (state: State, point: Point, scene: Scene) => Step<State>
  readonly end: (state: State, point: Point, scene: Scene) => Step<State>
  readonly cancel: () => Step<State>
}

export const beatOf = ({ beat, isFine }: Point, { grid, snap, pixelsPerBeat }: Scene): number =>
  meantBeat(grid, beat, { snap: isFine ? 'beat' : snap, pixelsPerBeat })
