import { unpackLabels } from '../../core/interop/packed-labels.ts'
import { type ImportGround, type LabelImportPlan, planLabelImport } from '../../core/interop/plan-label-import.ts'

/** A track, and what each file says of it: of each name by which it calls the track, as `packLabels` makes it. */
export type PlanLabelsInput = { readonly ground: ImportGround; readonly files: readonly (readonly Uint8Array[])[] }

export const planLabels = ({ ground, files }: PlanLabelsInput): LabelImportPlan =>
  planLabelImport(
    ground,
    files.map((names) => names.flatMap(unpackLabels)),
  )
