/**
 * Takes the pictures of docs/: the demo library is made, or taken from where it was made before, served, and looked at in a real browser, so
 * that no picture shows what the program does not do any more. `npm run screenshots`, or `npm run screenshots -- desk report` for some of
 * them; a Chromium must be on the PATH.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { browserPath, closeBrowser, openPage } from '../e2e/browser.fixture.ts'
import { startServer } from '../src/api/start-server.ts'
import { type App, openApp } from '../src/app.ts'
import './build-page.ts'
import { exchangePictures, type Picture, takeImportsBack, writeDjLibrary } from './exchange-pictures.ts'

const PICTURES = join(import.meta.dirname, '..', 'docs', 'pictures')
const DATA = join(tmpdir(), 'algiers-screenshots')
const LOOK_AGAIN_MS = 500
/** After the last thing that was waited for: transitions, and the frame that is painted then. */
const SETTLE_MS = 800

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const finish = async (app: App, id: number): Promise<void> => {
  while (!['completed', 'failed', 'cancelled'].includes((await app.jobs.get(id)).status)) await pause(LOOK_AGAIN_MS)
  const { status, error } = await app.jobs.get(id)
  if (status !== 'completed') throw new Error(`job ${id} ${status}: ${error?.detail}`)
}

const train = async (app: App, least: number): Promise<void> => {
  await app.upkeep.settings.change({ min_samples_per_class: least })
  const { id } = await app.versions.startTraining({ exclude: [], seed: 1, epochs: null, learningCurve: true })
  await finish(app, id)
}

/** What an evening leaves: a version that learnt from ten tracks, and one that learnt from two thirds of the library. */
const prepare = async (app: App): Promise<void> => {
  // The base model has heard other tracks of the demo's generator: begun from it, a report would show nothing but 100 %.
  await app.upkeep.settings.change({ base_model: false })
  if ((await app.versions.list()).length === 0) {
    await finish(app, (await app.demo.start({ labelled: false })).id)
    const folder = (await app.demo.root())!.path
    const truths = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const first = truths.toSorted().filter((_, at) => at % 3 !== 2)
    await app.exchange.import(first.slice(0, 10).map((name) => join(folder, name)))
    await train(app, 5)
  }
  if ((await app.versions.list()).length === 1) {
    await finish(app, (await app.demo.start({ labelled: true })).id)
    await train(app, 10)
  }
  if ((await app.collection.playlists.list()).length === 0) {
    const { tracks } = await app.collection.searchTracks({ standing: 'present' })
    const ids = tracks.map(({ id }) => id)
    await app.collection.playlists.create({ name: 'Friday', folders: ['Nights'], trackIds: ids.slice(2, 9) })
    await app.collection.playlists.create({ name: 'Closing', folders: ['Nights'], trackIds: ids.slice(9, 13) })
    await app.collection.playlists.create({ name: 'Fast', filter: { bpmMin: 130, sort: 'bpm', standing: 'present' } })
  }
  const { backups } = await app.upkeep.backups.list()
  if (!backups.some(({ kind }) => kind === 'hand')) await app.upkeep.backups.make()
  await app.versions.activate(1)
  for (const version of [1, 2]) await finish(app, (await app.reading.start({ version, trackIds: null })).id)
}

const firstTrack = async (app: App, hasLabels: boolean): Promise<number> =>
  (await app.collection.searchTracks({ hasLabels })).tracks[0]!.id

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
/** The desk stands, and its waveform has come. */
const awaitDesk = async (page: Page): Promise<void> => {
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.waitForFunction(
    `performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('/waveform') && responseEnd > 0)`,
  )
}

/** As if its file had been double-clicked. */
const offeredModel = async (app: App): Promise<string> => {
  const { bytes } = await app.versions.exportBundle(1)
  return (await app.versions.offers.offer('From a friend.algiers-model', bytes)).id
}

const picturesOf = async (app: App): Promise<readonly Picture[]> => [
  {
    name: 'library',
    path: '/library',
    height: 760,
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Play / })
        .nth(2)
        .click()
      await page.getByText(/^0:0[1-9] \//).waitFor()
    },
  },
  {
    name: 'playlists',
    path: '/library',
    height: 760,
    act: async (page) => {
      await page.getByRole('button', { name: /^Friday/ }).click()
      await page.getByRole('heading', { level: 1, name: 'Friday' }).waitFor()
    },
  },
  {
    name: 'overview',
    path: '/library',
    theme: 'light',
    height: 1000,
    act: async (page) => {
      await page.getByRole('button', { name: 'At a glance' }).click()
      await page.getByText('Choose a bar or a slice').waitFor()
    },
  },
  {
    name: 'desk',
    path: `/desk/${await firstTrack(app, true)}`,
    theme: 'light',
    width: 1280,
    height: 800,
    act: async (page) => {
      await awaitDesk(page)
      await press(page, 'Tab', 'Tab', 'Tab', 'Tab')
    },
  },
  {
    name: 'suggestions',
    path: `/desk/${await firstTrack(app, false)}`,
    height: 820,
    act: async (page) => {
      await awaitDesk(page)
      await press(page, 'Tab', 'Tab', 'Tab', 'w')
      await page.getByRole('region', { name: 'Why this label' }).waitFor()
    },
  },
  {
    name: 'training',
    path: '/training',
    height: 1100,
    act: (page) => page.getByText('Worth a second look').waitFor(),
  },
  {
    name: 'report',
    path: '/training',
    height: 1180,
    act: async (page) => {
      await page.getByRole('button', { name: 'Report' }).first().click()
      await page.getByRole('region', { name: /Report of/ }).waitFor()
    },
  },
  {
    name: 'comparison',
    path: '/training',
    height: 1100,
    act: async (page) => {
      await page.getByRole('button', { name: 'Compare with v1' }).first().click()
      await page.getByRole('list', { name: 'Tracks that change' }).getByRole('link').first().waitFor()
    },
  },
  {
    name: 'sets',
    path: '/sets',
    act: async (page) => {
      await page.getByRole('spinbutton', { name: 'Minutes' }).fill('15')
      await page.getByRole('button', { name: 'Plan the set' }).click()
      await page.getByRole('button', { name: 'Plan again' }).waitFor()
    },
  },
  {
    name: 'audition',
    path: '/sets',
    act: async (page) => {
      await page.getByLabel('Minutes').fill('15')
      await page.getByRole('button', { name: 'Plan the set' }).click()
      await page
        .getByRole('button', { name: /^Listen to/ })
        .first()
        .click()
      await page.getByText('Putting both tracks on one beat…').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'graph',
    path: '/graph',
    act: async (page) => {
      await page.getByText(/\d good transitions?\./).waitFor()
      await page.getByRole('application').focus()
      for (const key of ['ArrowRight', 'Enter', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
    },
  },
  {
    name: 'settings',
    path: '/settings',
    act: (page) => page.getByText('ffmpeg', { exact: false }).first().waitFor(),
  },
  {
    name: 'offer',
    path: `/training?offer=${await offeredModel(app)}`,
    height: 620,
    act: (page) => page.getByRole('dialog').getByRole('button', { name: 'Import' }).waitFor(),
  },
]

/** Of a library that is empty, and then of the same while it is read. */
const FIRST_PICTURES: readonly Picture[] = [
  {
    name: 'welcome',
    path: '/library',
    height: 480,
    act: (page) => page.getByRole('heading', { name: 'Welcome to Algiers' }).waitFor(),
  },
  {
    name: 'analysis',
    path: '/library',
    height: 620,
    act: async (page) => {
      await page.getByRole('button', { name: 'Add your music' }).click()
      await page.getByLabel('Folder to add').fill(join(DATA, 'demo'))
      await page.getByRole('button', { name: 'Add this folder' }).click()
      await page.getByRole('row').getByText('analysed', { exact: true }).nth(5).waitFor()
      await page.getByRole('button', { name: /^(?:Jobs|Analysing|Reading)/ }).click()
    },
  },
]

const asked = process.argv.slice(2)
const isAsked = ({ name }: Picture): boolean => asked.length === 0 || asked.includes(name)

const look = async (address: string, picture: Picture): Promise<void> => {
  if (!isAsked(picture)) return
  const { name, path, act, theme = 'dark', width = 1440, height = 900 } = picture
  const { page, complaints, close } = await openPage(address + path, { width, height })
  await page.evaluate(`localStorage.setItem('algiers.theme', '${theme}')`)
  await page.reload()
  await act?.(page)
  await page.waitForTimeout(SETTLE_MS)
  const isWaiting = (await page.getByText('Loading', { exact: false }).count()) > 0
  if (isWaiting || complaints.length > 0) throw new Error(`${name}: ${complaints.join(', ') || 'still loading'}`)
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  await close()
  console.log(`docs/pictures/${name}.png`)
}

const served = async (app: App, take: (address: string) => Promise<void>): Promise<void> => {
  const server = await startServer(app, { port: 0, report: (bug) => process.stderr.write(`${bug}\n`) })
  await take(server.address)
  await server.close()
  await app.close()
}

if (browserPath === undefined) throw new Error('No Chromium on the PATH: install one, then run this again.')
mkdirSync(PICTURES, { recursive: true })

const app = await openApp({ dataDir: DATA })
await served(app, async (address) => {
  await prepare(app)
  for (const picture of await picturesOf(app)) await look(address, picture)
  const library = join(DATA, 'rekordbox.xml')
  await writeDjLibrary(app, library)
  for (const picture of exchangePictures(library, join(DATA, 'for-serato'))) await look(address, picture)
  await takeImportsBack(app)
})

const empty = mkdtempSync(join(tmpdir(), 'algiers-empty-'))
await served(await openApp({ dataDir: empty }), async (address) => {
  for (const picture of FIRST_PICTURES) await look(address, picture)
})
await closeBrowser()
rmSync(empty, { recursive: true })
