import type { z } from 'zod'
import type { LabelWarning } from '../../core/labels/validate-label.ts'
import type { ImportOrigin, Suggestion } from '../../core/suggestions/suggestion.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { AddedLabels } from '../../engine/labelling/add-labels.ts'
import type { LabelQuality } from '../../engine/labelling/label-quality.ts'
import type { LabelView } from '../../engine/labelling/label-view.ts'
import type { RejectedSuggestion } from '../../engine/labelling/rejected-suggestions.ts'
import type { label, labelQuality } from '../operations/labels.ts'
import type { rejection, suggestion } from '../operations/suggestions.ts'

/** A label in the words of the guide. */
export const labelDocument = (view: LabelView): z.output<typeof label> => ({
  id: view.id,
  track_id: view.trackId,
  content_hash: view.audioDigest,
  track_path: view.trackPath,
  label_value: view.kind,
  own_kind_id: view.ownKindId ?? null,
  start_beat: view.startBeat,
  end_beat: view.endBeat,
  start_time_seconds: view.startSeconds,
  end_time_seconds: view.endSeconds,
  source: view.source,
  created_at: view.createdAt,
  track_title: view.trackTitle,
  beats_per_bar: view.beatsPerBar,
  first_downbeat: view.firstDownbeat,
})

export const warningsDocument = (warnings: readonly LabelWarning[]) => ({
  warnings: [...warnings],
  seconds_ignored: warnings.some(({ code }) => code === 'SECONDS_IGNORED'),
})

export const addedLabelsDocument = ({ labels, unchanged, warnings }: AddedLabels) => ({
  labels: labels.map(labelDocument),
  unchanged: unchanged.map(labelDocument),
  warnings: [...warnings],
})

export const labelQualityDocument = ({ flaws, ...quality }: LabelQuality): z.output<typeof labelQuality> => ({
  ...snakeCase(quality),
  flaws: flaws.map(({ kind, ...flaw }) => ({ ...snakeCase(flaw), label_value: kind })),
})

const importDocument = ({ importId, program, element, name }: ImportOrigin) => ({
  import_id: importId,
  program,
  element,
  name,
})

export const suggestionDocument = ({ origin, ...one }: Suggestion): z.output<typeof suggestion> => ({
  ...snakeCase(one),
  version: origin.kind === 'model' ? origin.version : null,
  scope: (origin.kind === 'model' && origin.scope) || null,
  imported: origin.kind === 'import' ? importDocument(origin) : null,
})

export const rejectionDocument = (one: RejectedSuggestion): z.output<typeof rejection> => snakeCase(one)
