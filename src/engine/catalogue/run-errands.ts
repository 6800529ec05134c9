import { setTimeout as wait } from 'node:timers/promises'
import type { Analyst } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { measureNextGrid } from './measure-grid.ts'
import { hearNextSections } from './team-parts.ts'
import { teamSections } from './team-sections.ts'
import { trainNext } from './train-for-team.ts'

const IDLE_MS = 2000

/**
 * Does what teams wait for, beside the files: tracks are measured on grids that were edited, versions trained, and sections that have changed
 * heard anew, one after the other.
 * @param ending once it aborts, what waits already is done and nothing more is waited for
 * @param signal gives back what was begun
 */
export const runErrands = async (
  { catalogue, analyst }: { readonly catalogue: Catalogue; readonly analyst: Analyst },
  {
    signal,
    ending,
    onFailure,
  }: { readonly signal: AbortSignal; readonly ending: AbortSignal; readonly onFailure: (error: Error) => void },
): Promise<void> => {
  const sections = teamSections(catalogue, analyst.pool)
  // A training is on labels as they are, so that what they are counted on is measured first.
  const doOne = async (): Promise<boolean> =>
    (await measureNextGrid(catalogue, analyst, { signal })) ||
    (await trainNext(catalogue, analyst.pool, { signal })) ||
    (await hearNextSections(catalogue, sections))
  while (!signal.aborted) {
    // What fails is tried again later, by this worker or another.
    const isDone = await doOne().catch((error: unknown) => {
      if (!signal.aborted) onFailure(error as Error)
      return false
    })
    if (isDone) continue
    if (ending.aborted) return
    await wait(IDLE_MS, undefined, { signal: AbortSignal.any([signal, ending]), ref: false }).catch(() => null)
  }
}
