import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import { isLibraryJob } from '../../job-definitions.ts'
import { labelFileOperations } from '../operations/label-files.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'
import { waitForJob } from '../wait-for-job.ts'

export const labelFileRoutes = routesOf(labelFileOperations)((app) => ({
  importLabels: async (
    { query, body: { files, track_id, chosen: choices, only_chosen: onlyChosen, overlap, dry_run: dryRun } },
    reply,
  ) => {
    const track = track_id === undefined ? {} : { track: String(track_id) }
    const chosen = choices.map(({ track_id: trackId, ...place }) => ({ ...place, trackId }))
    const options = { ...track, chosen, onlyChosen, overlap }
    if (dryRun) return snakeCase(await app.exchange.rehearseImport(files, options))
    const { id, jobId } = await app.exchange.startImport(files, options)
    if (!query.wait) {
      reply.code(202)
      return { job_id: jobId, message: 'import job started' }
    }
    const job = await waitForJob(app, id)
    if (isLibraryJob(job) && job.kind === 'import' && job.result !== null) return snakeCase(job.result)
    const { code, detail } = job.error ?? { code: 'CANCELLED', detail: `${jobId} was cancelled.` }
    throw code === 'INTERNAL' ? new Error(detail) : new UserError(code, detail)
  },
  exportLabels: async ({ query: { format, track_id, own_kinds: ownKinds } }, reply) => {
    const track = track_id === undefined ? undefined : String(track_id)
    const { fileName, mediaType, bytes } = await app.exchange.download({ format, track, ownKinds })
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    return sendBytes(reply, mediaType, bytes)
  },
}))
