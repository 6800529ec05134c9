import type { SectionKind } from '../../src/core/labels/section-kind.ts'

/** A set of labels that covers a part of a track of the fixture. */
export type LabelSet = readonly { readonly kind: SectionKind; readonly startBeat: number; readonly endBeat: number }[]

/** What the child is about to do. */
export type Attempt =
  | { readonly op: 'labels'; readonly track: number; readonly set: LabelSet }
  | { readonly op: 'import' }
  | { readonly op: 'train' }
  | { readonly op: 'activate'; readonly version: number }
  | { readonly op: 'delete'; readonly version: number }

/** A line on the child's standard output: an attempt, and then that it is done and answered for. */
export type Line =
  | { readonly say: 'ready' }
  | { readonly say: 'try'; readonly attempt: Attempt }
  | { readonly say: 'done'; readonly attempt: Attempt; readonly version: number | null }

export const TRIAL_MODES = ['labels', 'models'] as const
export type TrialMode = (typeof TRIAL_MODES)[number]

/**
 * Which protection the child goes without, so that a trial is seen to fail: transactions, the waiting for the disk, or publishing by
 * renaming what is whole.
 */
export type Control = 'none' | 'transactions' | 'syncing' | 'renaming'
