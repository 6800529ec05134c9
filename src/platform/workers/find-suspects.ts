import type { SectionKind } from '../../core/labels/section-kind.ts'
import { type Beside, doctorList, type Suspect } from '../../core/training/doctor-list.ts'
import { createNearestLabels } from '../../core/training/nearest-labels.ts'
import { findSuspects as find, type SuspectRequest } from '../../core/training/suspect-labels.ts'
import type { TaskContext } from './task-context.ts'

export type FoundSuspect = Suspect & {
  /** For a kind: labels of that kind, then of the likely one, that sound most like it. */
  readonly beside: readonly Beside[]
}

/** More than anybody looks through before the labels are others. */
const MOST_SUSPECTS = 500
const BESIDE = 2

/** What is to be suspected, the most suspicious first; null where there is too little to compare. */
export const findSuspects = async (
  input: SuspectRequest,
  { report, signal }: TaskContext<number>,
): Promise<readonly FoundSuspect[] | null> => {
  const suspects = await find(input, { signal, onProgress: report })
  if (suspects === null) return null
  const nearest = createNearestLabels(input.tracks)
  const kindOf = new Map(input.tracks.flatMap(({ labels }) => labels.map(({ id, kind }) => [id, kind] as const)))
  const beside = (labelId: string, kind: SectionKind): Beside => ({ kind, labelIds: nearest(labelId, kind, BESIDE) })
  return doctorList(suspects)
    .filter(({ score }) => score > 0)
    .slice(0, MOST_SUSPECTS)
    .map((one) => ({
      ...one,
      beside:
        one.what === 'edge' ? [] : [kindOf.get(one.labelId)!, one.likely].map((kind) => beside(one.labelId, kind)),
    }))
}
