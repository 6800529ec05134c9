import { setTimeout as wait } from 'node:timers/promises'
import type { Cli } from './cli.ts'
import { type StartOutcome, startDetached } from './start-detached.ts'

/** Another start that was a moment earlier says by then where it serves, or has ended. */
const LOOKS = 40
const LOOK_EVERY_MS = 250

/** Finds the server of the library, or starts one that goes on by itself. */
export const beginServer = async ({
  dataDir,
  withTools,
}: Pick<Cli, 'dataDir' | 'withTools'>): Promise<StartOutcome> => {
  const { findRunningServer } = await import('../api/running-server.ts')
  const running = await findRunningServer(dataDir)
  if (running !== null) return running
  const begun = await withTools(({ desktop }) => desktop.withLog((log) => startDetached(dataDir, log)))
  if (!('error' in begun) || begun.error.code !== 'ALREADY_RUNNING') return begun
  for (let look = 0; look < LOOKS; look++) {
    const other = await findRunningServer(dataDir)
    if (other !== null) return other
    await wait(LOOK_EVERY_MS)
  }
  return begun
}
