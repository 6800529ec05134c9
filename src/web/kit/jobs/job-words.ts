import type { z } from 'zod'
import type { fileFailure, jobResults } from '../../../api/operations/job-results.ts'
import type { job } from '../../../api/operations/jobs.ts'
import { isLasting } from '../../../core/library/lasting-failure.ts'
import { LEFT_OUT_REASONS, type LeftOut } from '../../../core/library/left-out.ts'
import { clock } from '../../../core/units/clock.ts'
import { percentText } from '../words/percent-text.ts'
import { remainingText } from '../words/time-text.ts'

export type JobDocument = z.output<typeof job>

const ENDED: readonly string[] = ['completed', 'failed', 'cancelled']
export const isLive = ({ status }: JobDocument): boolean => !ENDED.includes(status)

const TITLES: Readonly<Record<JobDocument['kind'], string>> = {
  scan: 'Reading your folders',
  analyse: 'Analysing tracks',
  train: 'Training a model',
  'check-labels': 'Looking for wrong labels',
  demo: 'Making the demo library',
  classify: 'Finding sections',
  'look-through': 'Looking through a DJ library',
  'bring-in': 'Bringing in a DJ library',
  export: 'Writing for another program',
  'restore-tags': 'Putting old Serato tags back',
  import: 'Importing labels',
  render: 'Rendering a mix',
  unknown: 'A job of a newer Algiers',
}
export const jobTitle = ({ kind }: Pick<JobDocument, 'kind'>): string => TITLES[kind]

const STAGES: Readonly<Record<string, string>> = {
  generating: 'making tracks',
  listing: 'looking for audio files',
  reading: 'reading new files',
  analysing: 'analysing',
  classifying: 'finding sections',
  importing: 'importing',
  writing: 'writing',
  mixing: 'mixing',
  preparing: 'reading the sound of labelled sections',
  checking: 'comparing each label with the others',
  training: 'learning',
  evaluating: 'testing how good it is',
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

/** What a job does now, as far as that is known: "analysing 3 of 24: night-engine.wav". */
export const stageText = ({ status, progress }: Pick<JobDocument, 'status' | 'progress'>): string => {
  const { stage, done, total, item } = progress
  if (status === 'pending') return 'waiting for the job before it'
  const doing = STAGES[stage ?? status] ?? stage ?? status
  const counted = total > 0 ? `${doing} ${done} of ${total}` : doing
  return item === null ? counted : `${counted}: ${nameOf(item)}`
}

export const etaText = ({ progress }: Pick<JobDocument, 'progress'>): string | null =>
  progress.eta_seconds === null ? null : `about ${remainingText(progress.eta_seconds)} left`

export type FileFailure = z.output<typeof fileFailure>

type ResultOf<Kind extends keyof typeof jobResults> = z.output<(typeof jobResults)[Kind]>
/** All that a result may tell, whatever the kind of the job. */
type Told = Partial<
  ResultOf<'scan'> &
    ResultOf<'demo'> &
    ResultOf<'classify'> &
    ResultOf<'train'> &
    Pick<ResultOf<'check-labels'>, 'suspects'> &
    Pick<ResultOf<'bring-in'>, 'libraries'> &
    Pick<ResultOf<'render'>, 'seconds'> &
    Pick<ResultOf<'restore-tags'>, 'restored'> &
    Pick<ResultOf<'export'>, 'cues' | 'loops' | 'dry_run'> & { readonly skipped: number | readonly unknown[] } & Pick<
      ResultOf<'import'>,
      'imported'
    >
>

/** Of a library of another program only what became of it counts: what it holds, nobody has made. */
const resultOf = ({ result }: Pick<JobDocument, 'result'>): Told => {
  if (result === null) return {}
  return 'libraries' in result ? { libraries: result.libraries } : result
}

/** The files that a job failed on, and why. An import tells them where it was asked for; no other try would read them. */
export const failuresOf = (job: Pick<JobDocument, 'result'>): readonly FileFailure[] => {
  const { imported, failures = [] } = resultOf(job)
  return imported === undefined ? failures : []
}

/** Whether a job ended in a way that asks for the person: a file that no other try would read is told once, when it is found. */
export const isTroubled = (job: Pick<JobDocument, 'status' | 'result'>): boolean =>
  job.status === 'failed' || failuresOf(job).some(({ error }) => !isLasting(error.code, { hasFfmpeg: true }))

/** Only a person starts these; the others also follow from scans, edits and changed folders. */
const ALWAYS_BY_HAND: readonly JobDocument['kind'][] = ['train', 'demo', 'export', 'restore-tags', 'render']

/** Whether a notice tells how the job ended: troubles always, the rest only to whoever waits for it. */
export const isNoticeWorthy = (
  job: Pick<JobDocument, 'kind' | 'status' | 'result'>,
  { isAsked }: { readonly isAsked: boolean },
): boolean =>
  isAsked ||
  // What would be written is shown where it was asked for.
  (ALWAYS_BY_HAND.includes(job.kind) && resultOf(job).dry_run !== true) ||
  job.status === 'failed' ||
  failuresOf(job).length > 0

/** What a scan passed over, by reason, of all folders together. */
export const leftOutOf = (job: Pick<JobDocument, 'result'>): readonly LeftOut[] => {
  const all = (resultOf(job).roots ?? []).flatMap(({ left_out }) => left_out ?? [])
  return LEFT_OUT_REASONS.flatMap((reason) => {
    const same = all.filter((one) => one.reason === reason)
    if (same.length === 0) return []
    const count = same.reduce((sum, one) => sum + one.count, 0)
    return [{ reason, count, files: same.flatMap(({ files }) => files) }]
  })
}

const counted = (count: number | undefined, words: string): readonly string[] =>
  count === undefined || count <= 0 ? [] : [`${count.toLocaleString('en-GB')} ${words}`]

/** How a job ended: "24 analysed, 2 failed". */
export const outcomeText = (job: Pick<JobDocument, 'status' | 'result' | 'error' | 'kind'>): string => {
  if (job.status === 'cancelled') return 'cancelled; what was finished is kept'
  if (job.status === 'failed') return job.error?.title ?? 'failed'
  const found = resultOf(job)
  if (job.kind === 'train' && found.version !== undefined && found.accuracy !== undefined)
    return `version v${found.version}, accuracy ${percentText(found.accuracy)}${found.better ? `. ${found.better}` : ''}`
  if (found.suspects !== undefined) return `${found.suspects.toLocaleString('en-GB')} worth a look`
  if (found.seconds !== undefined) return `${clock(found.seconds)} of sound`
  const suggested = found.libraries?.reduce((sum, { suggestions }) => sum + suggestions, 0)
  const parts = [
    ...counted(found.analysed, 'analysed'),
    ...counted(suggested, job.kind === 'bring-in' ? 'sections suggested' : 'sections would be suggested'),
    ...counted(found.classified, `read with ${found.version === 0 ? 'the shipped model' : `v${found.version}`}`),
    ...counted(found.without_form, 'by the model alone, as the network of form cannot run here'),
    ...counted(found.labels, 'labels added'),
    ...counted(found.cues, found.dry_run ? 'cues would be written' : 'cues written'),
    ...counted(found.restored?.length, found.dry_run ? 'would be put back' : 'put back'),
    ...counted(found.loops, found.dry_run ? 'loops would be written' : 'loops written'),
    ...counted(Array.isArray(found.skipped) ? found.skipped.length : undefined, 'left out'),
    ...counted(found.imported, 'labels imported'),
    ...counted(found.up_to_date, 'up to date'),
    ...counted(found.not_analysed, 'not analysed yet'),
    ...counted(found.unreadable, 'cannot be read'),
    ...counted(found.left_alone, 'still cannot be analysed'),
    ...counted(found.tracks_forgotten, 'gone with their files'),
    ...counted(found.unreachable, 'out of reach'),
    // Those that went with their tracks are told already.
    ...counted(
      (found.roots ?? []).reduce((sum, { files_missing }) => sum + files_missing, -(found.tracks_forgotten ?? 0)),
      'missing',
    ),
    ...counted(failuresOf(job).length, 'failed'),
    ...counted(
      leftOutOf(job).reduce((sum, { count }) => sum + count, 0),
      'passed over',
    ),
  ]
  return parts.length === 0 ? 'nothing to do' : parts.join(', ')
}

/** Whether a retry has anything to do. */
export const isRetryable = (job: JobDocument): boolean =>
  job.kind !== 'unknown' && !isLive(job) && (job.status !== 'completed' || failuresOf(job).length > 0)

/** The progress of all live jobs together, 0 to 1; null while there are none. */
export const overallFraction = (jobs: readonly JobDocument[]): number | null => {
  const live = jobs.filter(isLive)
  return live.length === 0 ? null : live.reduce((sum, { progress }) => sum + progress.fraction, 0) / live.length
}
