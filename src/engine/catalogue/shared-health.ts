import { readProgress, verify } from '../../platform/catalogue/catalogue-row.ts'
import { listPrefixes } from '../../platform/catalogue/file-rows.ts'
import { countQueued } from '../../platform/catalogue/queue.ts'
import { type Health, hearingHealth } from '../upkeep/health.ts'
import type { Catalogue } from './catalogue.ts'

/** The state of a catalogue in the words of a library: what waits for workers are its jobs, and what they gave up cannot be read. */
export const sharedHealth = async ({ sql, row }: Pick<Catalogue, 'sql' | 'row'>): Promise<Health> => {
  const { waiting, running, dead } = await readProgress(sql, (await countQueued(sql)).running)
  const { tracks } = await verify(sql, row.spec)
  const prefixes = await listPrefixes(sql)
  return {
    kind: 'catalogue',
    tracks,
    notAnalysed: waiting + running,
    unreadable: dead,
    failed: 0,
    missing: 0,
    ignoredFiles: 0,
    library: { state: 'sound', warning: null },
    roots: { online: prefixes.length, offline: 0 },
    jobs: { waiting, running },
    activeVersion: null,
    threads: 0,
    freeBytes: null,
    // Workers hear, servers do not.
    hearing: hearingHealth({ state: 'untried' }),
  }
}
