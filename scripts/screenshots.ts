/**
 * Takes the pictures of docs/: the demo library is made, or taken from where it was made before, served, and looked at in a real browser, so
 * that no picture shows what the program does not do any more. `npm run screenshots`; a Chromium must be on the PATH.
 */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { browserPath, openPage } from '../e2e/browser.fixture.ts'
import { startServer } from '../src/api/start-server.ts'
import { type App, openApp } from '../src/app.ts'
import './build-page.ts'

const PICTURES = join(import.meta.dirname, '..', 'docs', 'pictures')
const DATA = join(tmpdir(), 'algiers-screenshots')
const LOOK_AGAIN_MS = 500

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const finish = async (app: App, id: number): Promise<void> => {
  while (!['completed', 'failed', 'cancelled'].includes(app.jobs.get(id).status)) await pause(LOOK_AGAIN_MS)
  const { status, error } = app.jobs.get(id)
  if (status !== 'completed') throw new Error(`job ${id} ${status}: ${error?.detail}`)
}

/** Tracks with labels on two thirds, and two versions of a model. */
const prepare = async (app: App): Promise<void> => {
  if (app.demo.root() === null) await finish(app, app.jobs.start('demo', { labelled: true }).id)
  while (app.models.list().length < 2) {
    const seed = app.models.list().length + 1
    await finish(app, app.jobs.start('train', { exclude: [], seed, epochs: null, learningCurve: true }).id)
  }
  app.models.activate(1)
  await finish(app, app.jobs.start('classify', { version: 1, trackIds: null }).id)
}

type Picture = {
  readonly name: string
  readonly path: string
  readonly act?: (page: Page) => Promise<void>
  readonly height?: number
}

const unlabelled = (app: App): number => app.tracks.search({ hasLabels: false }).tracks[0]!.id
const labelled = (app: App): number => app.tracks.search({ hasLabels: true }).tracks[0]!.id

const picturesOf = (app: App): readonly Picture[] => [
  { name: 'library', path: '/library' },
  { name: 'desk', path: `/training?track=${labelled(app)}`, height: 640 },
  {
    name: 'suggestions',
    path: `/training?track=${unlabelled(app)}`,
    height: 760,
    act: async (page) => {
      for (const key of ['Tab', 'Tab', 'Tab', 'w']) await page.keyboard.press(key)
      await page.getByRole('region', { name: 'Why this label' }).waitFor()
    },
  },
  {
    name: 'report',
    path: '/training',
    height: 1100,
    act: async (page) => {
      await page.getByRole('button', { name: 'Report' }).first().click()
      await page.getByRole('region', { name: /Report of/ }).waitFor()
    },
  },
  { name: 'settings', path: '/settings' },
]

if (browserPath === undefined) throw new Error('No Chromium on the PATH: install one, then run this again.')
mkdirSync(PICTURES, { recursive: true })
const app = await openApp({ dataDir: DATA })
const server = await startServer(app, { port: 0, report: (bug) => process.stderr.write(`${bug}\n`) })
await prepare(app)
for (const { name, path, act, height = 900 } of picturesOf(app)) {
  const { page, close } = await openPage(server.address + path, { height })
  await page.waitForTimeout(2500)
  await act?.(page)
  await page.waitForTimeout(800)
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  await close()
  console.log(`docs/pictures/${name}.png`)
}
await server.close()
await app.close()
