import { setTimeout as wait } from 'node:timers/promises'
import { packageManifest } from '../engine/kit/package-manifest.ts'
import { askServer, type Served } from './ask-server.ts'
import type { Cli } from './cli.ts'
import { isOlder } from './is-older.ts'
import { type StartOptions, type StartOutcome, startDetached } from './start-detached.ts'

/** A server that starts or ends has done so by then. */
const LOOKS = 60
const LOOK_EVERY_MS = 250
/** After so many looks it is tried again: whoever had the library may have let it go without ever serving it. */
const LOOKS_A_TRY = 8

/** Looks at what a server does until it is as wanted. @param isBusy while it is, no look counts @returns null where it never is */
const until = async <Value>(look: () => Promise<Value | null>, isBusy = async () => false): Promise<Value | null> => {
  for (let turn = 0; turn < LOOKS; turn++) {
    const value = await look()
    if (value !== null) return value
    while (await isBusy()) await wait(LOOK_EVERY_MS)
    await wait(LOOK_EVERY_MS)
  }
  return null
}

type LeftJobs = { readonly jobs: readonly { readonly goes_on: boolean }[] }

/** Whether a server is of a version before this one, or its program was moved since, and a quit leaves nothing off that would have to be begun again. */
const canBeReplaced = async (running: Served, isLost: boolean): Promise<boolean> => {
  const health = (await (await askServer(running, '/api/health'))?.json()) as { readonly version?: string } | undefined
  if (health?.version === undefined) return false
  if (!isLost && !isOlder(health.version, packageManifest.version)) return false
  const left = (await (await askServer(running, '/api/quit'))?.json()) as LeftJobs | undefined
  return left?.jobs.every(({ goes_on: goesOn }) => goesOn) ?? false
}

/** A server that answers, and whether it was started now. */
export type BegunServer = Served & { readonly isNew: boolean }
export type Begun = BegunServer | Exclude<StartOutcome, Served>

/** Who is to be told of a library that is brought up to date first. */
export type UpdateWatch = {
  readonly onUpdate?: StartOptions['onUpdate']
  /** Another start does that, which tells of it on a page. */
  readonly onOtherUpdate?: (page: string) => Promise<void>
}

/**
 * Finds the server of the library, or starts one that goes on by itself. After an update, or where the program was moved, the server
 * before makes room for the new one.
 */
export const beginServer = async (
  { dataDir, withTools }: Pick<Cli, 'dataDir' | 'withTools'>,
  { onUpdate, onOtherUpdate }: UpdateWatch = {},
): Promise<Begun> => {
  const { findRunningServer, findUpdatePage, hasLostProgram } = await import('../api/running-server.ts')
  const running = await findRunningServer(dataDir)
  if (running !== null) {
    if (!(await canBeReplaced(running, hasLostProgram(dataDir)))) return { ...running, isNew: false }
    await askServer(running, '/api/quit', { method: 'POST' })
    await until(async () => ((await findRunningServer(dataDir)) === null ? true : null))
  }
  const start = (): Promise<StartOutcome> =>
    withTools(({ desktop }) => desktop.withLog((log) => startDetached(dataDir, { log, onUpdate })))
  let begun = await start()
  let seen: string | null = null
  const isUpdating = async (): Promise<boolean> => {
    const page = await findUpdatePage(dataDir)
    if (page !== null && page !== seen) await onOtherUpdate?.(page)
    seen = page
    return page !== null
  }
  // Another start was a moment earlier, or the library is about to be let go.
  let looks = 0
  const other = await until(async () => {
    if (!('error' in begun) || begun.error.code !== 'ALREADY_RUNNING') return begun
    const found = await findRunningServer(dataDir)
    if (found !== null) return { ...found, isNew: false }
    looks += 1
    if (running !== null || looks % LOOKS_A_TRY === 0) begun = await start()
    return null
  }, isUpdating)
  const outcome = other ?? begun
  return 'error' in outcome ? outcome : { isNew: true, ...outcome }
}
