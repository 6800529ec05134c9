import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let music: string
/** The track with sound. */
let heard: string
beforeAll(async () => {
  music = mkdtempSync(join(tmpdir(), 'algiers-axe-'))
  writeTestTrack(join(music, 'one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  server = await startTestServer((store) => addLabelledTracks(store))
  await server.app.collection.addRoot(music)
  await server.app.collection.scan()
  const { card } = await server.app.versions.train()
  await server.app.versions.activate(card.version)
  const tracks = await server.app.collection.listTracks()
  heard = String(tracks.find(({ path }) => path?.endsWith('one.wav') === true)!.id)
  await server.app.reading.readSections(heard)
})
afterAll(async () => {
  await server.close()
  rmSync(music, { recursive: true })
})

type Screen = { readonly path: string; readonly shown: (page: Page) => Promise<unknown> }

const screens = (): readonly Screen[] => [
  { path: '/library', shown: (page) => page.getByRole('row').nth(1).waitFor() },
  {
    path: '/training',
    shown: async (page) => {
      await page.getByRole('button', { name: 'Report' }).first().click()
      await page
        .getByRole('region', { name: /^Report of v/ })
        .getByText('Loss per epoch')
        .waitFor()
    },
  },
  {
    path: `/desk/${heard}`,
    shown: async (page) => {
      await page.getByText('Saved', { exact: true }).waitFor()
      await page.getByText(/\d suggestions?:/).waitFor()
    },
  },
  {
    path: '/sets',
    shown: async (page) => {
      for (const way of ['climbs', 'falls']) await page.getByLabel(`The tempo ${way}`).selectOption('any')
      await page
        .getByRole('button', { name: /^Plan (the set|again)$/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Plan again' }).waitFor()
    },
  },
  {
    path: '/graph',
    shown: async (page) => {
      await page.getByText(/\d good transitions?/).waitFor()
      await page.getByRole('application').press('ArrowRight')
      await page.getByRole('button', { name: 'Add to the path' }).click()
    },
  },
  {
    path: '/review',
    shown: async (page) => {
      await page
        .getByRole('region', { name: 'Do you still call it that?' })
        .getByRole('button', { name: 'Ask me' })
        .waitFor()
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByText(/of them are right|Nothing is that sure/).waitFor()
    },
  },
  { path: '/settings', shown: (page) => page.getByRole('button', { name: 'Look again' }).waitFor() },
]

/** Opens whatever can be, and waits until the page has heard of it: some parts ask the server only then for what is in them. */
const openAll = (page: Page): Promise<void> =>
  page.evaluate(`Promise.all([...document.querySelectorAll('main details:not([open])')].map((more) => new Promise((heard) => {
    more.addEventListener('toggle', heard, { once: true })
    more.open = true
  }))).then(() => undefined)`)

describe.skipIf(browserPath === undefined)('nobody is left out', () => {
  test('axe finds nothing on any screen, in both themes, and nothing moves for those who asked for rest', async () => {
    const { page, close } = await openPage(`${server.address}/settings`)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const { path, shown } of screens()) {
      await page.goto(server.address + path)
      await shown(page)
      expect(await violationsInBothThemes(page), path).toEqual([])
      expect(await page.evaluate('document.getAnimations().length'), path).toBe(0)
    }
    await close()
  })

  test('enlarged fourfold no screen has to be pushed sideways, and axe finds nothing either (WCAG 1.4.10)', async () => {
    const { page, settled, close } = await openPage(`${server.address}/settings`, { width: 320, height: 800 })
    for (const { path, shown } of screens()) {
      await page.goto(server.address + path)
      await shown(page)
      await openAll(page)
      await settled()
      const widths = await page.evaluate(
        '[document.documentElement, document.querySelector("main")].map(({ scrollWidth }) => scrollWidth)',
      )
      expect(widths, path).toEqual([320, 320])
      expect(await violationsInBothThemes(page), path).toEqual([])
    }
    await close()
  })
})
