import { teachingOperations } from '../operations/teaching.ts'
import { routesOf } from '../routes-of.ts'
import { findingsDocument, stepDocument } from '../views/teaching-document.ts'

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
}))
