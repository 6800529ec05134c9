import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, openApp } from './app.ts'
import { initCatalogue, type OpenCatalogue, openCatalogue } from './catalogue.ts'
import { letIn, type TestPeople } from './catalogue-people.fixture.ts'
import { shareTracks } from './engine/catalogue/catalogue.fixture.ts'
import { type Catalogue, reachCatalogue } from './engine/catalogue/catalogue.ts'
import { openStore, type Store } from './platform/store/store.ts'
import { sharedThreads } from './platform/workers/shared-pool.fixture.ts'

type Ask<Result> = (app: App) => Promise<Result>

/** A library and a catalogue that hold the same tracks. */
export type BothFacades = {
  readonly library: App
  readonly catalogue: OpenCatalogue
  readonly reached: Catalogue
  readonly people: TestPeople
  /** Asks the catalogue as one of the people. */
  readonly as: <Result>(who: keyof TestPeople, ask: Ask<Result>) => Promise<Result>
  readonly close: () => Promise<void>
}

/** @param url of an empty database @param fill puts the tracks into the library, which lies in a folder of its own until it is closed */
export const openBoth = async (url: string, fill: (store: Store) => void): Promise<BothFacades> => {
  const folder = mkdtempSync(join(tmpdir(), 'both-facades-'))
  await initCatalogue(url, null)
  const reached = await reachCatalogue(url)
  const store = openStore(join(folder, 'data'))
  store.roots.markScanned(store.roots.add('/gone').id)
  fill(store)
  await shareTracks(reached, store)
  store.close()
  const library = await openApp({ dataDir: join(folder, 'data'), threads: sharedThreads })
  const catalogue = await openCatalogue(url)
  const people = await letIn(url, catalogue)
  return {
    library,
    catalogue,
    reached,
    people,
    as: (who, ask) => catalogue.people.actAs(people[who], () => ask(catalogue.app)),
    close: async () => {
      await library.close()
      await catalogue.app.close()
      await reached.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
