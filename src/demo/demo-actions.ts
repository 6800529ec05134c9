import type { JobOf } from '../engine/jobs/job-definition.ts'
import type { JobQueue } from '../engine/jobs/job-queue.ts'
import type { Workspace } from '../engine/kit/workspace.ts'
import { rereadLibrary } from '../engine/reading/reread-library.ts'
import { BASE_MODEL_VERSION, proposingVersion } from '../engine/versions/base-model.ts'
import type { RemovedVersions } from '../engine/versions/remove-versions-of.ts'
import type { Root } from '../platform/store/root-store.ts'
import { demoJob } from './demo-job.ts'
import { findDemoRoot, removeDemo } from './demo-root.ts'
import type { DemoPayload } from './make-demo.ts'

/** The generated library, which can be taken away as a whole. */
export type DemoActions = {
  /** Null where there is none. */
  readonly root: () => Promise<Root | null>
  /** Generates it and reads it, as a job. */
  readonly start: (payload: DemoPayload) => Promise<JobOf<typeof demoJob>>
  /**
   * Takes away its tracks and the versions that learnt from nothing else, and stops what is still being made of it.
   * @throws ROOT_NOT_FOUND
   */
  readonly remove: () => Promise<RemovedVersions>
}

export const demoActions = (workspace: Workspace, jobs: JobQueue): DemoActions => ({
  root: async () => findDemoRoot(workspace),
  start: async (payload) => jobs.start(demoJob, payload, { priority: 'urgent' }),
  remove: async () => {
    await jobs.cancelAll(demoJob)
    const versions = await removeDemo(workspace)
    const { store } = workspace
    if (versions.fellBack && store.settings.all().autoClassify && proposingVersion(store) === BASE_MODEL_VERSION)
      rereadLibrary(jobs, BASE_MODEL_VERSION)
    return versions
  },
})

/** The folder of the demo, for whoever takes folders out of the library. */
export const madeFolder = (
  workspace: Workspace,
  { remove }: DemoActions,
): { readonly isMade: (root: Root) => boolean; readonly remove: () => Promise<unknown> } => ({
  isMade: ({ id }) => findDemoRoot(workspace)?.id === id,
  remove,
})
