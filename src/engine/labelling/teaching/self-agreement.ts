import { beatsToSeconds } from '../../../core/beats/beat-grid.ts'
import type { Band } from '../../../core/evaluation/bootstrap-band.ts'
import { accuracyBand } from '../../../core/evaluation/small-sample-bands.ts'
import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../../core/labels/stored-label.ts'
import { createRandom } from '../../../core/support/random.ts'
import { UserError } from '../../../core/support/user-error.ts'
import type { StoredRelabelling } from '../../../platform/store/relabelling-store.ts'
import type { Store } from '../../../platform/store/store.ts'
import { allLabels } from '../../kit/all-labels.ts'
import { requireLabel } from '../list-labels.ts'
import { type HeardSpan, heardSpan } from './finding.ts'
import { addStep } from './label-steps.ts'

/** A stretch that the person labelled, without its kind: they are asked anew. */
type BlindQuestion = Omit<HeardSpan, 'kind'> & { readonly labelId: number }

export type SelfAgreement = {
  readonly asked: number
  readonly agreed: number
  /** Share of those asked again that were called the same; null before the first. */
  readonly share: number | null
  readonly band: Band | null
  /** How many are still to be asked, so that one label in twenty is. */
  readonly due: number
  /** Null where nothing is left to ask. */
  readonly question: BlindQuestion | null
}

export type AnsweredQuestion = {
  readonly labelled: SectionKind
  readonly said: SectionKind
  /** What the person calls it more closely; null where it is one of the seven. */
  readonly ownKindId: number | null
  /** Takes the answer back. */
  readonly stepId: number
}

const ASKED_SHARE = 0.05

/** Asked about before, wherever an edit of the grid has carried it since. */
const wasAsked = (
  store: Store,
  { trackId, startBeat }: StoredLabel,
  asked: ReadonlyMap<number, readonly StoredRelabelling[]>,
): boolean => {
  const ofTrack = asked.get(trackId)
  const grid = ofTrack && store.grids.current(trackId)
  if (!ofTrack || !grid) return false
  const start = beatsToSeconds(grid.grid, startBeat)
  return ofTrack.some((one) => Math.abs(one.startSeconds - start) < 1)
}

/** How often the person calls a section the same again: nothing that learns from their labels can be expected to do better. */
export const selfAgreement = async (store: Store): Promise<SelfAgreement> => {
  const asked = store.relabellings.list()
  const bulk = new Set(store.labelSteps.bulkLabels().map(({ labelId }) => labelId))
  // What a model proposed and nobody looked at is no decision of the person.
  const own = (await allLabels(store)).filter(({ id }) => !bulk.has(id))
  const askedOf = Map.groupBy(asked, ({ trackId }) => trackId)
  const open = own.filter((label) => !wasAsked(store, label, askedOf))
  const picked = open[Math.floor(createRandom(asked.length + 1)() * open.length)]
  const track = picked && store.tracks.get(picked.trackId)
  const grid = picked && store.grids.current(picked.trackId)
  const tallies = [...askedOf.values()].map((answers) => ({
    samples: answers.length,
    right: answers.filter(({ labelled, said }) => labelled === said).length,
  }))
  const agreed = tallies.reduce((sum, { right }) => sum + right, 0)
  let question: BlindQuestion | null = null
  if (picked && track && grid) {
    const { kind: _kind, ...span } = heardSpan(track, grid.grid, picked)
    question = { ...span, labelId: picked.id }
  }
  return {
    asked: asked.length,
    agreed,
    share: asked.length === 0 ? null : agreed / asked.length,
    band: asked.length === 0 ? null : accuracyBand(tallies),
    due: Math.max(0, Math.ceil(ASKED_SHARE * own.length) - asked.length),
    question,
  }
}

/** Keeps what the person says of a label of theirs without having seen its kind. @throws LABEL_NOT_FOUND, ANALYSIS_REQUIRED, ASKED_ALREADY */
export const answerBlindly = (store: Store, labelId: number, said: SectionKind): AnsweredQuestion => {
  const label = requireLabel(store, labelId)
  const track = store.tracks.get(label.trackId)
  const grid = store.grids.current(label.trackId)
  if (track === null || grid === null)
    throw new UserError('ANALYSIS_REQUIRED', `Track ${label.trackId} has no beat grid yet.`)
  const { trackTitle, startSeconds, endSeconds } = heardSpan(track, grid.grid, label)
  // The answer to the first time has told its kind.
  if (
    wasAsked(
      store,
      label,
      Map.groupBy(store.relabellings.list(), ({ trackId }) => trackId),
    )
  )
    throw new UserError('ASKED_ALREADY', `You were asked about this part of “${trackTitle}” before.`)
  const answer = { trackId: track.id, startSeconds, endSeconds, labelled: label.kind, said }
  const relabellingId = store.relabellings.add(answer)
  const stepId = addStep(store, `Asked again about “${trackTitle}”`, { kind: 'relabelling', relabellingId })
  return { labelled: label.kind, said, ownKindId: label.ownKindId ?? null, stepId }
}
