import type { z } from 'zod'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { LabelFindings } from '../../engine/labelling/teaching/label-findings.ts'
import type { LabelStep } from '../../platform/store/label-step-store.ts'
import type { labelFindings, labelStep } from '../operations/teaching.ts'

export const findingsDocument = ({ findings, ...rest }: LabelFindings): z.output<typeof labelFindings> => ({
  ...snakeCase(rest),
  findings: findings.map(({ mend: _mend, ...finding }) => snakeCase(finding)),
})

export const stepDocument = ({ wayBack: _wayBack, ...step }: LabelStep): z.output<typeof labelStep> => snakeCase(step)
