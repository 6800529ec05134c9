import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { broughtIn, libraryReport } from '../../api/operations/brought-in.ts'
import type { JobDocument } from '../kit/jobs/job-words.ts'
import { queryOf } from '../queries/query-of.ts'

export type BroughtIn = z.output<typeof broughtIn>
export type LibraryReport = z.output<typeof libraryReport>

/** A job of this screen, and its report once there is one. */
export const useJobReport = (
  jobId: string | null,
): { readonly job: JobDocument | undefined; readonly report: BroughtIn | null } => {
  const { data: job } = useQuery({ ...queryOf('job', { params: { job_id: jobId ?? '' } }), enabled: jobId !== null })
  const own = job?.job_id === jobId ? job : undefined
  const report = own?.kind === 'look-through' || own?.kind === 'bring-in' ? own.result : null
  return { job: own, report: report as BroughtIn | null }
}
