import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { openStore } from '../src/platform/store/store.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')

let dataDir = ''
let address = ''
let client: Client
let stop: () => Promise<void>

/** The program as it is started by hand: only that opens the library anew. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-backups-'))
  const store = openStore(dataDir)
  addLabelledTracks(store)
  store.close()
  const child = spawn(process.execPath, [MAIN, 'serve', '--no-open', '--json', '--port', '0'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  ;({ address } = JSON.parse(line.toString()) as { address: string })
  client = createClient(address)
  stop = async () => {
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await exit
  }
})
afterAll(async () => {
  await stop()
  rmSync(dataDir, { recursive: true })
})

const labelCount = async (): Promise<number> => {
  try {
    return (await client.labelStats({ query: {} })).total_labels
  } catch {
    // While the library is opened anew nothing answers.
    return -1
  }
}

test('over HTTP: the library is as the copy has it, at the same address, and what it was is kept', async () => {
  const { name } = await client.makeBackup()
  const [label] = await client.listLabels({ query: {} })
  await client.deleteLabel({ params: { id: label!.id } })
  expect(await labelCount()).toBe(29)
  expect(await client.restoreBackup({ params: { name } })).toMatchObject({ name })
  await expect.poll(labelCount).toBe(30)
  const { current, backups } = await client.listBackups()
  expect(current).toEqual({ tracks: 10, labels: 30 })
  expect(backups.find(({ kind }) => kind === 'restore')?.holds).toEqual({ tracks: 10, labels: 29 })
  await expect(client.restoreBackup({ params: { name: 'algiers-day-2001-01-01.db' } })).rejects.toMatchObject({
    problem: { code: 'BACKUP_NOT_FOUND', status: 404 },
  })
})

describe.skipIf(browserPath === undefined)('in the page', () => {
  test('a copy is made and restored, it is said what is replaced, and the page finds the library again', async () => {
    const { page, close } = await openPage(`${address}/settings`)
    const panel = page.getByRole('region', { name: 'Copies of the library' })
    const before = (await client.listBackups()).backups.length
    await panel.getByRole('button', { name: 'Make a copy now' }).click()
    await expect.poll(async () => (await client.listBackups()).backups.length).toBe(before + 1)
    const [label] = await client.listLabels({ query: {} })
    await client.deleteLabel({ params: { id: label!.id } })
    await page.reload()
    await panel
      .getByRole('button', { name: /^Restore….*made by you/ })
      .first()
      .click()
    const question = panel.getByRole('group', { name: 'Restore this copy?' })
    await question.getByText('The current library (29 labels, 10 tracks) is set aside').waitFor()
    await question.getByText('replaced by this one (30 labels, 10 tracks)').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await question.getByRole('button', { name: 'Restore' }).click()
    await expect.poll(labelCount).toBe(30)
    // The page hears of it by itself.
    await panel.getByText('29 labels, 10 tracks').nth(1).waitFor()
    const hand = async (): Promise<number> =>
      (await client.listBackups()).backups.filter(({ kind }) => kind === 'hand').length
    const copies = await hand()
    const first = panel.getByRole('button', { name: /^Delete:.*made by you/ }).first()
    await first.click()
    expect(await hand()).toBe(copies)
    await panel.getByRole('button', { name: 'Delete for good' }).click()
    await expect.poll(hand).toBe(copies - 1)
    await close()
  })
})
