import type { z } from 'zod'
import type { AddedLabels } from '../engine/labelling/add-labels.ts'
import type { LabelQuality } from '../engine/labelling/label-quality.ts'
import type { LabelView } from '../engine/labelling/label-view.ts'
import type { RejectedSuggestion } from '../engine/labelling/rejected-suggestions.ts'
import type { ModelSuggestion } from '../engine/labelling/suggestions.ts'
import type { label, labelQuality, rejection, suggestion } from './contract/labels.ts'

export type LabelDocument = z.infer<typeof label>

/** A label in the words of the guide. */
export const labelDocument = (view: LabelView): LabelDocument => ({
  id: view.id,
  track_id: view.trackId,
  content_hash: view.audioDigest,
  track_path: view.trackPath,
  label_value: view.kind,
  start_beat: view.startBeat,
  end_beat: view.endBeat,
  start_time_seconds: view.startSeconds,
  end_time_seconds: view.endSeconds,
  source: view.source,
  created_at: view.createdAt,
})

export const addedLabelsDocument = ({ labels, unchanged, warnings }: AddedLabels) => ({
  labels: labels.map(labelDocument),
  unchanged: unchanged.map(labelDocument),
  warnings: [...warnings],
})

export const labelQualityDocument = ({
  flaws,
  imbalance,
  tracksChecked,
  tracksUnheard,
}: LabelQuality): z.infer<typeof labelQuality> => ({
  flaws: flaws.map((flaw) => ({
    label_id: flaw.labelId,
    track_id: flaw.trackId,
    track_title: flaw.trackTitle,
    label_value: flaw.kind,
    start_beat: flaw.startBeat,
    end_beat: flaw.endBeat,
    code: flaw.code,
    message: flaw.message,
    other_label_id: flaw.otherLabelId,
  })),
  imbalance,
  tracks_checked: tracksChecked,
  tracks_unheard: tracksUnheard,
})

export const suggestionDocument = (one: ModelSuggestion): z.infer<typeof suggestion> => ({
  id: one.id,
  track_id: one.trackId,
  track_title: one.trackTitle,
  version: one.origin.version,
  kind: one.kind,
  start_beat: one.startBeat,
  end_beat: one.endBeat,
  start_seconds: one.startSeconds,
  end_seconds: one.endSeconds,
  confidence: one.confidence,
  runner_up: one.runnerUp,
})

export const rejectionDocument = (one: RejectedSuggestion): z.infer<typeof rejection> => ({
  id: one.id,
  version: one.origin.version,
  kind: one.kind,
  start_beat: one.startBeat,
  end_beat: one.endBeat,
  start_seconds: one.startSeconds,
  end_seconds: one.endSeconds,
  rejected_at: one.rejectedAt,
})
