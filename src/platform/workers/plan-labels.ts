import { unpackLabels } from '../../core/interop/packed-labels.ts'
import { type ImportGround, type LabelImportPlan, planLabelImport } from '../../core/interop/plan-label-import.ts'

/** A track, and what each file says of it, as `packLabels` makes it. */
export type PlanLabelsInput = { readonly ground: ImportGround; readonly files: readonly Uint8Array[] }

export const planLabels = ({ ground, files }: PlanLabelsInput): LabelImportPlan =>
  planLabelImport(ground, files.map(unpackLabels))
