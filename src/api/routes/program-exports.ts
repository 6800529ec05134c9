import { type CuePlan, DEFAULT_CUE_PLAN, LOOP_BARS } from '../../core/interop/libraries/plan-cues.ts'
import { programExportOperations } from '../operations/program-exports.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'

/** "start-8" */
const loopOf = (text: string): CuePlan['loop'] => {
  const [at, bars] = text.split('-')
  const found = LOOP_BARS.find((one) => String(one) === bars)
  return found === undefined ? null : { bars: found, at: at === 'end' ? 'end' : 'start' }
}

export const programExportRoutes = routesOf(programExportOperations)(({ exchange }) => ({
  exportToProgram: async ({
    body: { sections, track_ids: trackIds, dry_run: dryRun, in_place: inPlace, ...options },
  }) => {
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
  restoreTags: async ({ body: { folder, dry_run: dryRun } }) => {
    const { jobId } = await exchange.startRestoringTags({ folder, dryRun })
    return { job_id: jobId, message: 'restoring started' }
  },
  downloadForProgram: async ({ query }, reply) => {
    const { place, lead_in_bars: leadIn, mix_points: mixPoints, kinds, names, pads, loop, ...options } = query
    const plan = {
      ...DEFAULT_CUE_PLAN,
      place,
      kinds,
      nameTemplate: names,
      pads,
      loop: loop === undefined ? null : loopOf(loop),
      mixPoints,
      leadInBars: leadIn === 0 ? [] : [leadIn],
    }
    const { fileName, mediaType, bytes } = await exchange.downloadExport({ ...options, plan, trackIds: null })
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    return sendBytes(reply, mediaType, bytes)
  },
}))
