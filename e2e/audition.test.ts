import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let folder = ''
let ids: readonly number[] = []
beforeEach(async () => {
  if (browserPath === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'algiers-audition-'))
  mkdirSync(join(folder, 'music'))
  for (const [index, bpm] of [124, 126].entries())
    writeTestTrack(join(folder, 'music', `Song ${'AB'[index]}.wav`), { bpm, seed: index + 1, rootHz: 55 })
  server = await startTestServer()
  await server.app.collection.addRoot(join(folder, 'music'))
  const client = createClient(server.address)
  const { job_id } = await client.scan({ body: {} })
  await until(async () => ((await client.job({ params: { job_id } })).status === 'completed' ? true : null))
  ids = (await client.listTracks({ query: { sort: 'title' } })).tracks.map(({ id }) => id)
})
afterEach(async () => {
  if (browserPath === undefined) return
  await server.close()
  rmSync(folder, { recursive: true })
})

describe.skipIf(browserPath === undefined)('the audition of a transition', () => {
  test('one listens, moves the bars by keys, keeps them, and takes that back', async () => {
    const { page, complaints, settled, close } = await openPage(`${server.address}/sets`, { width: 390, height: 844 })
    const client = createClient(server.address)
    await page.getByLabel('Minutes').fill('1')
    await page.getByLabel('Minutes').press('Enter')
    const listen = page.getByRole('button', { name: /^Listen to Song [AB] going into Song [AB]$/ })
    await listen.press('Enter')
    const dialog = page.getByRole('dialog')
    const [from, to] = (await dialog.getByRole('heading').textContent())!.split(' into ')
    const play = dialog.getByRole('button', { name: 'Listen' })
    await expect.poll(() => play.isEnabled()).toBe(true)
    await play.press('Enter')
    await dialog.getByRole('button', { name: 'Pause' }).waitFor()
    const position = dialog.getByRole('slider', { name: 'Position' })
    await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0.3)
    await dialog.getByRole('button', { name: 'Metronome' }).press('Enter')
    await dialog.getByRole('button', { name: 'Pause' }).press('Enter')
    await position.press('End')
    await expect.poll(() => position.getAttribute('aria-valuetext')).toContain(`of ${to}`)
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)

    await dialog.getByLabel(`${from} goes out from bar`).fill('9')
    await dialog.getByLabel('Bars together').fill('4')
    await dialog.getByLabel('How').selectOption('bass swap')
    await dialog.getByLabel(`${to} later by milliseconds`).fill('10')
    await dialog.getByRole('button', { name: 'Keep it so' }).press('Enter')
    await dialog.getByRole('button', { name: 'Take mine back' }).waitFor()
    const pair = {
      params: { id: ids[from === 'Song A' ? 0 : 1]! },
      query: { to: String(ids[from === 'Song A' ? 1 : 0]!) },
    }
    const [kept] = await client.transitions(pair)
    expect(kept).toMatchObject({
      kept: true,
      from_bars: [9, 13],
      move: { beats: 16, curve: 'bass swap', bass_swap_beat: 8, nudge_ms: 10 },
    })
    await page.keyboard.press('Escape')
    // The set says it at once.
    await page.getByText(`Bars 9–13 of ${from}`).waitFor()

    await listen.press('Enter')
    await dialog.getByRole('button', { name: 'Take mine back' }).press('Enter')
    await dialog.getByText('Taken back').waitFor()
    expect((await client.transitions(pair))[0]!.kept).toBe(false)
    await dialog.getByRole('button', { name: 'Undo' }).press('Enter')
    await dialog.getByText('As it was before').waitFor()
    expect((await client.transitions(pair))[0]).toMatchObject({ kept: true, move: { nudge_ms: 10 } })
    await client.dropTransition({ params: { id: pair.params.id, to: pair.query.to } })
    await settled()
    expect(complaints).toEqual([])
    await close()
  })

  test('a transition is handed over as a file; a window outside of a track is told where it is typed', async () => {
    const { page, close } = await openPage(`${server.address}/sets`)
    await page.getByLabel('Minutes').fill('1')
    await page.getByLabel('Minutes').press('Enter')
    await page.getByRole('button', { name: /^Listen to Song/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Make a WAV file' }).click()
    await dialog.getByRole('link', { name: 'Download it' }).waitFor()
    await dialog.getByRole('button', { name: 'Listen' }).click()
    const pause = dialog.getByRole('button', { name: 'Pause' })
    await pause.waitFor()
    await dialog.getByLabel('Bars together').fill('99')
    await dialog
      .getByRole('alert')
      .getByText(/The window lies outside of Song/)
      .waitFor()
    // What is still heard can be stopped.
    await pause.click()
    await dialog.getByRole('button', { name: 'Listen', disabled: true }).waitFor()
    expect(await dialog.getByRole('button', { name: 'Keep it so' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Bars together').fill('2')
    await dialog.getByRole('alert').waitFor({ state: 'detached' })
    await close()
  })
})
