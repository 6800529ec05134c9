import type { StoredDecision } from './suggestion-decision.ts'

/** A text that is equal for equal labels, grid and decisions, to tell what a decision was planned on. The store hashes it. */
export const decisionsRevisionText = (labelsRevision: string, decisions: readonly StoredDecision[]): string =>
  JSON.stringify([
    labelsRevision,
    decisions.map(({ id, startBeat, endBeat, decision }) => [id, startBeat, endBeat, decision]),
  ])
