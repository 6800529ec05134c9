import type { LibraryFileName } from '../../core/interop/libraries/written-library-traits.ts'
import type { SetVersionOutline } from '../../platform/store/set-store.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { type Alternative, type AlternativesOptions, alternativesAt } from './alternatives.ts'
import { exportSet, type SetFile, type WrittenSet, writeSet } from './export-set.ts'
import { type GraphActions, graphActions } from './graph-actions.ts'
import {
  addSet,
  changeSet,
  copySet,
  type KeptSetsWorkspace,
  listSets,
  type NewSet,
  redoSet,
  removeSet,
  requireSet,
  type SetEdit,
  type SetLine,
  type SetStep,
  undoSet,
} from './kept-sets.ts'
import { lookAtSet } from './look-at-set.ts'
import { type Mixes, mixes } from './mixes.ts'
import { type PlanWish, planLibrarySet, type SetPlan } from './plan.ts'
import { type PlannedAgain, planKeptSet } from './plan-kept-set.ts'
import type { PreparedEnds } from './set-pool.ts'
import type { ShownSet } from './shown-set.ts'
import {
  type JudgedTransition,
  judgeTransition,
  proposeTransitions,
  type TrackTransition,
  type TransitionWorkspace,
} from './transition.ts'

/** Sets that are kept. @throws SET_NOT_FOUND, SET_TOO_NEW where a newer program wrote the set */
type KeptSets = {
  /** The last changed one first. */
  readonly list: () => Promise<readonly SetLine[]>
  /** @returns its id @throws TRACK_NOT_FOUND, SET_WISH_CONTRADICTORY */
  readonly add: (set: NewSet) => Promise<number>
  /** @param version the one in force where left out */
  readonly look: (id: number, version?: number) => Promise<ShownSet>
  /** @throws SET_CHANGED, TRACK_NOT_FOUND, SET_WISH_CONTRADICTORY */
  readonly change: (id: number, edit: SetEdit) => Promise<void>
  /** Chooses its tracks anew; locked ones stay. @throws SET_CHANGED, SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE */
  readonly plan: (id: number, options?: JobOptions & { readonly seed?: number | undefined }) => Promise<PlannedAgain>
  readonly undo: (id: number) => Promise<SetStep>
  readonly redo: (id: number) => Promise<SetStep>
  /** @returns the id of the copy */
  readonly copy: (id: number, name?: string) => Promise<number>
  /** @param isUnread whether one of a newer program goes, too @throws SET_TOO_NEW */
  readonly remove: (id: number, isUnread?: boolean) => Promise<void>
  /** The newest first. */
  readonly versions: (id: number) => Promise<readonly SetVersionOutline[]>
  readonly alternatives: (id: number, options: AlternativesOptions) => Promise<readonly Alternative[]>
  readonly export: (id: number, format: LibraryFileName) => Promise<SetFile>
  /** The same into a file or folder of this machine. @throws EXPORT_EXISTS, STORAGE_FULL */
  readonly write: (id: number, to: { readonly format: LibraryFileName; readonly output: string }) => Promise<WrittenSet>
}

/** Answers about tracks that follow each other. @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED */
export type SetActions = GraphActions &
  Mixes & {
    /** Judges how well the outro of one track leads into the intro of another. */
    readonly transition: (track: string, to: string) => Promise<JudgedTransition>
    /** Every way in which one track leads into another, the best first. */
    readonly transitions: (track: string, to: string) => Promise<readonly TrackTransition[]>
    /** @throws SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE */
    readonly plan: (wish: PlanWish, options?: JobOptions) => Promise<SetPlan>
    readonly kept: KeptSets
  }

type SetsWorkspace = TransitionWorkspace & KeptSetsWorkspace

const keptSets = (workspace: SetsWorkspace, known: PreparedEnds): KeptSets => {
  const { store } = workspace
  return {
    list: async () => listSets(store),
    add: async (set) => addSet(workspace, set),
    look: async (id, version) => lookAtSet(workspace, id, version),
    change: async (id, edit) => changeSet(workspace, id, edit),
    plan: async (id, options) => planKeptSet(workspace, known, id, options),
    undo: async (id) => undoSet(workspace, id),
    redo: async (id) => redoSet(workspace, id),
    copy: async (id, name) => copySet(workspace, id, name),
    remove: async (id, isUnread) => removeSet(workspace, id, isUnread),
    versions: async (id) => store.sets.versions(requireSet(store, id).id),
    alternatives: async (id, options) => alternativesAt(workspace, known, id, options),
    export: async (id, format) => exportSet(workspace, id, format),
    write: async (id, to) => writeSet(workspace, id, to),
  }
}

/** @param urgent threads for what a person waits for */
export const setActions = (workspace: Workspace, urgent: SetsWorkspace, jobs: JobQueue): SetActions => {
  const { store } = urgent
  const known: PreparedEnds = new Map()
  return {
    transition: async (track, to) => judgeTransition(urgent, requireTrack(store, track), requireTrack(store, to)),
    transitions: async (track, to) => proposeTransitions(urgent, requireTrack(store, track), requireTrack(store, to)),
    plan: async (wish, options) => planLibrarySet(urgent, known, wish, options),
    kept: keptSets(urgent, known),
    ...mixes(workspace, urgent, jobs),
    ...graphActions(urgent, known),
  }
}
