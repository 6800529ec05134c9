import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { programExportOperations } from '../operations/program-exports.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'

export const programExportRoutes = routesOf(programExportOperations)(({ exchange }) => ({
  exportToProgram: async ({ body: { sections, track_ids: trackIds, dry_run: dryRun, in_place: inPlace, ...options } }) => {
    const plan = sections && {
      ...DEFAULT_CUE_PLAN,
      place: sections.place,
      kinds: sections.kinds,
      nameTemplate: sections.name_template,
      colours: { ...DEFAULT_CUE_PLAN.colours, ...sections.colours },
      loop: sections.loop,
      leadInBars: sections.lead_in_bars,
      mixPoints: sections.mix_points,
      pads: sections.pads,
    }
    const { jobId } = await exchange.startExport({ ...options, plan, trackIds, dryRun, inPlace })
    return { job_id: jobId, message: 'export started' }
  },
  downloadForProgram: async ({ query: { place, lead_in_bars: leadIn, mix_points: mixPoints, ...options } }, reply) => {
    const plan = { ...DEFAULT_CUE_PLAN, place, mixPoints, leadInBars: leadIn === 0 ? [] : [leadIn] }
    const { fileName, mediaType, bytes } = await exchange.downloadExport({ ...options, plan, trackIds: null })
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    return sendBytes(reply, mediaType, bytes)
  },
}))
