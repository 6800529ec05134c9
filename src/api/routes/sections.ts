import { snakeCase } from '../../core/support/snake-case.ts'
import { sectionOperations } from '../operations/sections.ts'
import { routesOf } from '../routes-of.ts'
import { sectionsDocument } from '../views/sections-document.ts'

export const sectionRoutes = routesOf(sectionOperations)(({ reading }) => ({
  trackSections: async ({ params, query }) => sectionsDocument(await reading.readSections(params.id, query)),
  repeats: async ({ params, query: { start_beat: startBeat, end_beat: endBeat } }) =>
    snakeCase(await reading.repeats(params.id, { startBeat, endBeat })),
  evidence: async ({ params, query: { version, start_beat: startBeat, end_beat: endBeat } }) =>
    snakeCase(await reading.explain(params.id, { startBeat, endBeat, version })),
  openTrack: async ({ params }) => ({ job_id: (await reading.open(params.id))?.jobId ?? null }),
  classify: async ({ body }) => {
    const { jobId } = await reading.start({ version: body?.version ?? null, trackIds: body?.track_ids ?? null })
    return { job_id: jobId, message: 'classification started' }
  },
}))
