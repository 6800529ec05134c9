import { basename } from 'node:path'
import { errorCatalogue } from '../../core/support/error-catalogue.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { closedPartOf } from '../../platform/store/data-directory.ts'
import { freeBytesAt } from '../../platform/store/free-bytes.ts'
import type { PresenceCounts } from '../../platform/store/presence-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { EarsState } from '../kit/ears.ts'
import type { Workspace } from '../kit/workspace.ts'

/** State of the library, told within a millisecond; `doctor` looks at everything and takes its time. */
export type Health = PresenceCounts & {
  readonly kind: 'library' | 'catalogue'
  readonly library: LibraryHealth
  readonly roots: { readonly online: number; readonly offline: number }
  readonly jobs: { readonly waiting: number; readonly running: number }
  readonly activeVersion: number | null
  readonly threads: number
  /** Free space on the disk of the data directory; null where that is gone. */
  readonly freeBytes: number | null
  readonly hearing: HearingHealth
}

/** Whether the library can be changed. */
type LibraryHealth = {
  /** `gone`: its file is no longer where it was, so that nothing more is saved. */
  readonly state: 'sound' | 'gone'
  /** What a person must know; null where that is nothing. */
  readonly warning: string | null
}

/** What was open of a library that has gone, and whether it is safe. */
export const goneText = (store: Store, fault: string): string => {
  const rescued = store.backups.rescued()
  const saved =
    rescued === null
      ? []
      : 'copy' in rescued
        ? [`What was open is safe in ${basename(rescued.copy)}.`]
        : [`What was open could not be copied either (${rescued.problem.title}).`]
  return [fault, errorCatalogue.DATABASE_GONE.hint, ...saved].join(' ')
}

/** What a data directory means to which the permissions have changed. */
export const closedText = (part: string): string =>
  `Algiers may no longer read and write ${part} in its data directory. Give it that right again: nothing is lost, and what waits goes on then.`

const libraryHealth = (store: Store): LibraryHealth => {
  const fault = store.fault()
  if (fault !== null) return { state: 'gone', warning: goneText(store, fault) }
  const closed = closedPartOf(store.directory)
  if (closed !== null) return { state: 'sound', warning: closedText(closed) }
  const { restoreFailure: failed } = store
  if (failed === null) return { state: 'sound', warning: null }
  return {
    state: 'sound',
    warning: `The copy could not be opened, so the library is as it was before: ${failed.title}.`,
  }
}

/** The network that hears tags. */
export type HearingHealth = {
  readonly state: EarsState['state']
  /** Its name and version. */
  readonly network: string | null
  /** Number of tags that it hears well on sounds by themselves. */
  readonly tags: number | null
  /** Number of those that are right often enough on music to be shown. */
  readonly shownTags: number | null
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
      shownTags: null,
      provider: null,
      warning: ears.state === 'failed' ? `${ears.problem.title}: ${ears.problem.detail}` : null,
    }
  const { card, precision, provider, warning } = ears
  const tags = card.tags.filter(({ experimental }) => !experimental).length
  const shownTags = precision.filter(({ shownFrom }) => shownFrom !== null).length
  return { state: 'ready', network: `${card.name} ${card.version}`, tags, shownTags, provider, warning }
}

export const healthOf = ({ store, pool, ears }: Workspace, queue: JobQueue): Health => {
  const roots = store.roots.list()
  const offline = roots.filter(({ offlineSince }) => offlineSince !== null).length
  return {
    ...store.presence.counts(),
    kind: 'library',
    library: libraryHealth(store),
    roots: { online: roots.length - offline, offline },
    jobs: { waiting: store.jobs.count('pending'), running: queue.runningCount },
    activeVersion: store.models.activeVersion(),
    threads: pool.size,
    freeBytes: freeBytesAt(store.directory.path),
    hearing: hearingHealth(ears.state()),
  }
}
