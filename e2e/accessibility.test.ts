import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { addLabelledTracks } from '../src/jobs/library.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let server: TestServer
let music: string
beforeAll(async () => {
  music = mkdtempSync(join(tmpdir(), 'algiers-axe-'))
  writeTestTrack(join(music, 'one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  server = await startTestServer((store) => addLabelledTracks(store))
  await server.app.library.add(music)
  await server.app.library.scan()
  const { card } = await server.app.train()
  server.app.models.activate(card.version)
  await server.app.sections.read(heard())
})
afterAll(async () => {
  await server.close()
  rmSync(music, { recursive: true })
})

/** The track with sound. */
const heard = (): string => String(server.app.tracks.list().find(({ path }) => path?.endsWith('one.wav') === true)!.id)

describe.skipIf(browserPath === undefined)('nobody is left out', () => {
  test.each(['dark', 'light'])('axe finds nothing on any screen, %s', async (theme) => {
    const { page, close } = await openPage(`${server.address}/settings`)
    await page.evaluate((chosen) => localStorage.setItem('algiers.theme', chosen), theme)
    for (const path of ['/library', '/training', `/training?track=${heard()}`, '/settings']) {
      await page.goto(server.address + path)
      await page.waitForLoadState('networkidle').catch(() => {})
      await page.waitForTimeout(500)
      const report = page.getByRole('button', { name: 'Report' })
      if ((await report.count()) > 0) await report.first().click()
      await page.evaluate(`${AXE}; 0`).catch(() => page.addScriptTag({ content: AXE }))
      const violations = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Violation[]
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
        `${path} ${theme}`,
      ).toEqual([])
    }
    await close()
  })
})
