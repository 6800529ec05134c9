/** Puts together what works on a catalogue. It is loaded only for that: a library needs neither PostgreSQL nor its client. */
import type { App } from './app.ts'
import { reachCatalogue } from './engine/catalogue/catalogue.ts'
import { createPeople, type People } from './engine/catalogue/people.ts'
import { offering } from './engine/catalogue/refusing.ts'
import { sharedAnalysis } from './engine/catalogue/shared-analysis.ts'
import { sharedCollection } from './engine/catalogue/shared-collection.ts'
import { sharedEvents } from './engine/catalogue/shared-events.ts'
import { sharedHealth } from './engine/catalogue/shared-health.ts'
import { sharedJobs } from './engine/catalogue/shared-jobs.ts'
import { sharedLabelling } from './engine/catalogue/shared-labelling.ts'
import { sharedReading } from './engine/catalogue/shared-reading.ts'
import { sharedSounds } from './engine/catalogue/shared-sounds.ts'
import { sharedVersions } from './engine/catalogue/shared-versions.ts'
import { teamAnswers } from './engine/catalogue/team-answers.ts'
import { teamSections } from './engine/catalogue/team-sections.ts'
import { type Progress, readProgress } from './platform/catalogue/catalogue-row.ts'
import { ANSWERED_WITHIN_MS, requireConnection } from './platform/catalogue/connect.ts'
import { countQueued } from './platform/catalogue/queue.ts'
import { DEFAULT_SETTINGS } from './platform/store/settings-store.ts'
import { WorkerPool } from './platform/workers/worker-pool.ts'

export { initCatalogue, migrateCatalogue, openKeeper } from './engine/catalogue/catalogue-actions.ts'
export { runWorker } from './engine/catalogue/run-worker.ts'

/** A catalogue behind the face of the app, and who may ask it. */
export type OpenCatalogue = {
  readonly app: App
  readonly people: People
  /** @throws CATALOGUE_UNREACHABLE */
  readonly requireReady: () => Promise<void>
  readonly progress: () => Promise<Progress>
}

/** Connections of a server: as many statements at once. */
const CONNECTIONS = 16

/**
 * Opens a catalogue for this process. It keeps nothing of it here, so that any number of processes may.
 * @throws CATALOGUE_URL_INVALID, CATALOGUE_UNREACHABLE, CATALOGUE_MISSING, CATALOGUE_OUTDATED, CATALOGUE_TOO_NEW
 */
export const openCatalogue = async (url: string): Promise<OpenCatalogue> => {
  const catalogue = await reachCatalogue(url, { most: CONNECTIONS, answeredWithinMs: ANSWERED_WITHIN_MS })
  const { sql, row } = catalogue
  const people = createPeople(sql)
  const events = sharedEvents(catalogue, people)
  // A version reads one track for whoever opens it, and is tried before it is taken in; workers do everything else.
  const pool = new WorkerPool({ size: 1, lowPriority: true })
  const answers = teamAnswers(catalogue, pool)
  const sections = teamSections(catalogue, pool, answers)
  const app = offering<App>('app', {
    dataDir: catalogue.address,
    events,
    jobs: sharedJobs(catalogue, people),
    analysis: sharedAnalysis(catalogue, people),
    versions: sharedVersions(catalogue, people, { pool, answers }),
    collection: sharedCollection(catalogue, row.spec, people),
    reading: sharedReading(catalogue, people, sections),
    labelling: sharedLabelling(catalogue, people, sections),
    exchange: offering('exchange', {}),
    sounds: sharedSounds(catalogue, people, sections),
    sets: offering('sets', {}),
    upkeep: offering<App['upkeep']>('upkeep', {
      health: () => sharedHealth(catalogue),
      settings: offering<App['upkeep']['settings']>('upkeep.settings', { all: async () => DEFAULT_SETTINGS }),
    }),
    demo: offering<App['demo']>('demo', { root: async () => null }),
    // Nobody who is let in may end a server.
    session: offering('session', {}),
    close: async () => {
      events.close()
      await pool.close()
      await catalogue.close()
    },
  })
  return {
    app,
    people,
    requireReady: () => requireConnection(catalogue),
    progress: async () => readProgress(sql, (await countQueued(sql)).running),
  }
}
