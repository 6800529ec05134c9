import type { z } from 'zod'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { FeltProgress } from '../../engine/labelling/teaching/felt-progress.ts'
import type { LabelFindings } from '../../engine/labelling/teaching/label-findings.ts'
import type { NextLabels } from '../../engine/labelling/teaching/next-labels.ts'
import type { SurePreview } from '../../engine/labelling/teaching/sure-suggestions.ts'
import type { LabelStep } from '../../platform/store/label-step-store.ts'
import type { feltProgress, labelFindings, labelStep, nextLabels, surePreview } from '../operations/teaching.ts'
import { suggestionDocument } from './label-document.ts'

export const findingsDocument = ({ findings, ...rest }: LabelFindings): z.output<typeof labelFindings> => ({
  ...snakeCase(rest),
  findings: findings.map(({ mend: _mend, ...finding }) => snakeCase(finding)),
})

export const stepDocument = ({ wayBack: _wayBack, ...step }: LabelStep): z.output<typeof labelStep> => snakeCase(step)

/** As many strips as anybody looks through. */
const MOST_STRIPS = 50

export const previewDocument = ({
  tracks,
  suggestions,
  expectedRight,
  spotCheck,
}: SurePreview): z.output<typeof surePreview> => ({
  suggestions,
  tracks: tracks.length,
  expected_right: expectedRight,
  strips: tracks.slice(0, MOST_STRIPS).map(({ trackId, title, strip, suggestions: own }) => ({
    track_id: trackId,
    title,
    suggestions: own.length,
    strip: strip.map(({ kind, start, end, isLabel }) => ({ label: kind, start, end, is_label: isLabel })),
  })),
  spot_check: spotCheck.map(({ precision, ...one }) => ({ ...suggestionDocument(one), precision })),
})

export const nextDocument = ({ groups, ...next }: NextLabels): z.output<typeof nextLabels> => ({
  ...snakeCase(next),
  groups: groups.map((group) => group.map(suggestionDocument)),
})

export const progressDocument = ({ duel, ...progress }: FeltProgress): z.output<typeof feltProgress> => ({
  ...snakeCase(progress),
  duel: duel && { ...snakeCase(duel), accuracy: [...duel.accuracy] },
})
