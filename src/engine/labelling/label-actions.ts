import type { LabelFormat } from '../../core/interop/label-document.ts'
import type { LabelStats } from '../../core/labels/label-stats.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { LabelRequest, LabelWarning } from '../../core/labels/validate-label.ts'
import {
  type ExportOptions,
  type ExportReport,
  exportLabels,
  type LabelDownload,
  labelDownload,
} from '../exchange/export-labels.ts'
import {
  type ImportOptions,
  type ImportReport,
  importLabels,
  type LabelFile,
  readLabelFiles,
} from '../exchange/import-labels.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import {
  type AddedLabels,
  type AddLabelOptions,
  addLabels,
  currentLabelStats,
  deleteLabel,
  getLabel,
  type LabelReplacement,
  type LabelUpdate,
  type LabelView,
  labelsRevision,
  listLabels,
  type ReplaceLabelsOptions,
  replaceLabels,
  updateLabel,
} from './label-operations.ts'
import { createLabelChecks, type LabelChecks } from './label-quality.ts'

/** What can be done with labels; whoever shows them is told what changed. */
export type LabelActions = {
  readonly add: (track: string, request: LabelRequest, options?: AddLabelOptions) => AddedLabels
  /** Adds several as one step: all or, when one is wrong, none. */
  readonly paint: (track: string, requests: readonly LabelRequest[], options?: AddLabelOptions) => AddedLabels
  /** Makes the labels of a track exactly these. */
  readonly replace: (
    track: string,
    requests: readonly LabelReplacement[],
    options?: ReplaceLabelsOptions,
  ) => { readonly labels: readonly LabelView[]; readonly warnings: readonly LabelWarning[] }
  readonly update: (id: number, update: LabelUpdate, options?: Pick<AddLabelOptions, 'overlap'>) => AddedLabels
  /** @throws LABEL_NOT_FOUND */
  readonly get: (id: number) => LabelView
  readonly list: (filter?: { readonly track?: string; readonly label?: SectionKind }) => readonly LabelView[]
  /** Changes with any label of the track, and with its grid. */
  readonly revision: (track: string) => string
  readonly delete: (id: number) => void
  /** @param files paths */
  readonly import: (files: readonly string[], options?: ImportOptions) => Promise<ImportReport>
  /** @param files read already, by whoever has them */
  readonly importTexts: (files: readonly LabelFile[], options?: ImportOptions) => Promise<ImportReport>
  readonly export: (options: ExportOptions) => ExportReport
  /** Labels as one file to take away. @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
  readonly download: (options: { readonly format: LabelFormat; readonly track?: string | undefined }) => LabelDownload
  readonly stats: (exclude?: readonly SectionKind[]) => LabelStats
  /** What may be wrong with the labels: nothing of it is an error. */
  readonly quality: LabelChecks
}

export const labelActions = (workspace: Workspace): LabelActions => {
  const { store, emit } = workspace
  const changed = (trackId: number): void => emit({ type: 'labels', trackIds: [trackId] })
  const paint: LabelActions['paint'] = (reference, requests, options) => {
    const track = requireTrack(store, reference)
    const added = addLabels(store, track, { ...options, requests })
    if (added.labels.length > 0) changed(track.id)
    return added
  }
  const importTexts: LabelActions['importTexts'] = async (files, options) => {
    const report = await importLabels(store, files, options)
    if (report.tracks.length > 0 && !report.dryRun) emit({ type: 'labels', trackIds: report.tracks })
    return report
  }
  return {
    paint,
    add: (track, request, options) => paint(track, [request], options),
    replace: (reference, requests, options) => {
      const track = requireTrack(store, reference)
      const replaced = replaceLabels(store, track, { requests, ...options })
      changed(track.id)
      return replaced
    },
    update: (id, update, options) => {
      const { trackId, ...updated } = updateLabel(store, id, { ...update, ...options })
      changed(trackId)
      return updated
    },
    get: (id) => getLabel(store, id),
    list: ({ track, label } = {}) =>
      listLabels(store, {
        ...(track === undefined ? {} : { trackId: requireTrack(store, track).id }),
        ...(label === undefined ? {} : { kind: label }),
      }),
    revision: (track) => labelsRevision(store, requireTrack(store, track)),
    delete: (id) => {
      const { track_id: trackId } = getLabel(store, id)
      deleteLabel(store, id)
      changed(trackId)
    },
    importTexts,
    import: async (paths, options) => {
      const { files, failures } = await readLabelFiles(paths)
      const report = await importTexts(files, options)
      return { ...report, failures: [...report.failures, ...failures] }
    },
    export: (options) => exportLabels(store, options),
    download: (options) => labelDownload(store, options),
    stats: (exclude) => currentLabelStats(store, exclude),
    quality: createLabelChecks(workspace),
  }
}
