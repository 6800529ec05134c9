import { statfsSync } from 'node:fs'
import type { Provider } from '../../core/tags/provider.ts'
import type { PresenceCounts } from '../../platform/store/presence-store.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { EarsState } from '../kit/ears.ts'
import type { Workspace } from '../kit/workspace.ts'

/** State of the library, told within a millisecond; `doctor` looks at everything and takes its time. */
export type Health = PresenceCounts & {
  readonly roots: { readonly online: number; readonly offline: number }
  readonly jobs: { readonly waiting: number; readonly running: number }
  readonly activeVersion: number | null
  readonly threads: number
  /** Free space on the disk of the data directory. */
  readonly freeBytes: number
  readonly hearing: HearingHealth
}

/** The network that hears tags. */
export type HearingHealth = {
  readonly state: EarsState['state']
  /** Its name and version. */
  readonly network: string | null
  /** Number of tags measured well enough to be shown. */
  readonly tags: number | null
  readonly provider: Provider | null
  /** Says what works less well than it could; null where nothing does. */
  readonly warning: string | null
}

export const hearingHealth = (ears: EarsState): HearingHealth => {
  if (ears.state !== 'ready')
    return {
      state: ears.state,
      network: null,
      tags: null,
      provider: null,
      warning: ears.state === 'failed' ? `${ears.problem.title}: ${ears.problem.detail}` : null,
    }
  const { card, provider, warning } = ears
  const tags = card.tags.filter(({ experimental }) => !experimental).length
  return { state: 'ready', network: `${card.name} ${card.version}`, tags, provider, warning }
}

export const healthOf = ({ store, pool, ears }: Workspace, queue: JobQueue): Health => {
  const roots = store.roots.list()
  const offline = roots.filter(({ offlineSince }) => offlineSince !== null).length
  const { bavail, bsize } = statfsSync(store.directory.path)
  return {
    ...store.presence.counts(),
    roots: { online: roots.length - offline, offline },
    jobs: { waiting: store.jobs.count('pending'), running: queue.runningCount },
    activeVersion: store.models.activeVersion(),
    threads: pool.size,
    freeBytes: bavail * bsize,
    hearing: hearingHealth(ears.state()),
  }
}
