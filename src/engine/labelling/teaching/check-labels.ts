import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../../core/labels/stored-label.ts'
import { UserError } from '../../../core/support/user-error.ts'
import { digestOf } from '../../../platform/store/digest.ts'
import type { Store } from '../../../platform/store/store.ts'
import type { FoundSuspect } from '../../../platform/workers/find-suspects.ts'
import { allLabels } from '../../kit/all-labels.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { startingModel } from '../../versions/base-model.ts'
import { collectTracks } from '../../versions/train-model.ts'

export type CheckedLabels = {
  readonly labels: number
  readonly tracks: number
  readonly suspects: number
}

/** A label as it was when it was suspected; whatever has changed since is suspected no longer. */
type SeenLabel = {
  readonly labelId: number
  readonly kind: SectionKind
  readonly startBeat: number
  readonly endBeat: number
}

export type StoredSuspect =
  | (SeenLabel & {
      readonly code: 'WRONG_KIND'
      readonly likely: SectionKind
      readonly beside: readonly { readonly kind: SectionKind; readonly labelIds: readonly number[] }[]
    })
  | (SeenLabel & { readonly code: 'EDGE_MOVED'; readonly edge: 'start' | 'end'; readonly likelyBeat: number })

const SEED = 1

/** Changes with every label of the library. */
export const labelsDigest = (labels: readonly StoredLabel[]): string =>
  digestOf(labels.map(({ id, kind, startBeat, endBeat }) => [id, kind, startBeat, endBeat].join(' ')).join('\n'))

const storedSuspect = (found: FoundSuspect, labels: ReadonlyMap<string, StoredLabel>): StoredSuspect[] => {
  const label = labels.get(found.what === 'kind' ? found.labelId : (found.rightId ?? found.leftId)!)
  if (label === undefined) return []
  const { id: labelId, kind, startBeat, endBeat } = label
  const seen = { labelId, kind, startBeat, endBeat }
  return found.what === 'edge'
    ? [{ ...seen, code: 'EDGE_MOVED', edge: found.rightId === null ? 'end' : 'start', likelyBeat: found.likelyBeat }]
    : [
        {
          ...seen,
          code: 'WRONG_KIND',
          likely: found.likely,
          beside: found.beside.map((one) => ({ kind: one.kind, labelIds: one.labelIds.map(Number) })),
        },
      ]
}

/** @throws NEED_MORE_LABELS where there is too little to compare; the signal's reason */
export const checkLabels = async (
  workspace: Workspace,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<CheckedLabels> => {
  const { store, pool } = workspace
  const labels = await allLabels(store)
  const tracks = await collectTracks(workspace, new Set(labels.map(({ trackId }) => trackId)), { signal })
  const found = await pool.run(
    'findSuspects',
    { tracks, seed: SEED, base: startingModel(store)?.model ?? null },
    { signal, onProgress },
  )
  if (found === null)
    throw new UserError('NEED_MORE_LABELS', 'Label sections of two kinds in four tracks by different artists first.')
  const byId = new Map(labels.map((label) => [String(label.id), label]))
  const suspects = found.flatMap((one) => storedSuspect(one, byId))
  const counts = { labels: tracks.reduce((sum, track) => sum + track.labels.length, 0), tracks: tracks.length }
  store.findings.putCheckup({ ...counts, labelsDigest: labelsDigest(labels), suspects: JSON.stringify(suspects) })
  workspace.emit({ type: 'labels', trackIds: [] })
  return { ...counts, suspects: suspects.length }
}

/** The suspected label where it is still as it was then; null where it is not. */
export const openLabel = (store: Store, { labelId, kind, startBeat, endBeat }: SeenLabel): StoredLabel | null => {
  const label = store.labels.get(labelId)
  return label?.kind === kind && label.startBeat === startBeat && label.endBeat === endBeat ? label : null
}

/** The suspects of the last check whose labels are still as they were then. */
export const openSuspects = (store: Store): readonly StoredSuspect[] => {
  const suspects = JSON.parse(store.findings.checkup()?.suspects ?? '[]') as readonly StoredSuspect[]
  return suspects.filter((suspect) => openLabel(store, suspect) !== null)
}
