import type { JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import { type RestoredTags, type RestoreOptions, restoreSeratoTags } from './restore-serato-tags.ts'

/** Puts back what an export has replaced in files of the library. Each file is written whole, so nothing is to be resumed. */
export const restoreTagsJob: JobDefinition<'restore-tags', RestoreOptions, RestoredTags> = {
  kind: 'restore-tags',
  lane: 'reading',
  firstStatus: 'running',
  isResumed: false,
  run: ({ store }, options, context) =>
    restoreSeratoTags(store, options, {
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'importing'),
    }),
}
