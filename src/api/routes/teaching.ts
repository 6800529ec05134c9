import type { SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { SureWish } from '../../engine/labelling/teaching/sure-suggestions.ts'
import { teachingOperations } from '../operations/teaching.ts'
import { routesOf } from '../routes-of.ts'
import {
  findingsDocument,
  nextDocument,
  previewDocument,
  progressDocument,
  stepDocument,
} from '../views/teaching-document.ts'
import { parseTrackFilter } from '../views/track-search.ts'

type AskedSure = {
  readonly filter?: string | undefined
  readonly kinds?: SectionKind[] | undefined
  readonly least: number
}

const sureWishOf = ({ filter, kinds, least }: AskedSure): SureWish => {
  const search = filter === undefined ? undefined : parseTrackFilter(filter)
  if (search === null) throw new UserError('VALIDATION_FAILED', `“${filter}” is no filter of tracks.`)
  return { search, kinds, least }
}

export const teachingRoutes = routesOf(teachingOperations)(({ labelling: { teaching } }) => ({
  checkLabels: async () => {
    const { jobId } = await teaching.check()
    return { job_id: jobId, message: 'check of the labels started' }
  },
  labelFindings: async () => findingsDocument(await teaching.findings()),
  mendFinding: async ({ params }) => {
    const { stepId, says } = await teaching.mend(params.finding)
    return { step_id: stepId, says }
  },
  dismissFinding: async ({ params }) => {
    const { stepId, says } = await teaching.dismiss(params.finding)
    return { step_id: stepId, says }
  },
  labelSteps: async () => (await teaching.steps()).map(stepDocument),
  undoLabelStep: async ({ params }) => {
    const { says, labels } = await teaching.undo(params.id)
    return { says, labels }
  },
  previewSure: async ({ body }) => previewDocument(await teaching.sure(sureWishOf(body))),
  acceptSure: async ({ body: { except, ...wish } }) => {
    const leftOut = except.map(({ track_id, id }) => ({ trackId: track_id, id }))
    const { stepId, ...accepted } = await teaching.acceptSure(sureWishOf(wish), leftOut)
    return { step_id: stepId, ...accepted }
  },
  bulkLabels: async ({ params }) => ({ label_ids: [...(await teaching.bulkLabels(String(params.id)))] }),
  lookAtLabels: async ({ params }) => ({ labels: await teaching.lookedAt(String(params.id)) }),
  nextLabels: async ({ query }) => nextDocument(await teaching.next(query.limit)),
  selfAgreement: async () => snakeCase(await teaching.agreement()),
  answerAgain: async ({ body }) => snakeCase(await teaching.answer(body.label_id, body.said)),
  labelProgress: async () => progressDocument(await teaching.progress()),
}))
