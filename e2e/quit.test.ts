import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { type StartedCli, startAlgiers } from '../src/cli/run-algiers.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

type Serving = StartedCli & { readonly address: string; readonly client: Client }

let dataDir: string
let serving: Serving
let opened: OpenedPage

const serve = async (port = '0'): Promise<Serving> => {
  const started = startAlgiers(dataDir, ['serve', '--port', port, '--no-open', '--json'])
  const [line] = (await once(started.child.stdout!, 'data')) as [string]
  const { address } = JSON.parse(line) as { address: string }
  return { ...started, address, client: createClient(address) }
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-quit-'))
  serving = await serve()
  if (browserPath) opened = await openPage(serving.address)
})
afterEach(async () => {
  await opened?.close()
  serving.child.kill('SIGTERM')
  await serving.finished
  rmSync(dataDir, { recursive: true, force: true })
})

describe.skipIf(browserPath === undefined)('Quit Algiers', () => {
  test('from the keyboard alone; the page says so, and goes on by itself once Algiers is opened again', async () => {
    const { page, complaints } = opened
    await page.getByRole('heading', { name: 'Welcome to Algiers' }).waitFor()
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('quit')
    await page.getByRole('option', { name: 'Quit Algiers' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Algiers has quit' }).waitFor()
    expect((await serving.finished).code).toBe(0)
    expect(await page.getByText('does not answer').count()).toBe(0)
    serving = await serve(new URL(serving.address).port)
    await page.getByRole('heading', { name: 'Welcome to Algiers' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('asks while a job runs, and says that it goes on at the next start, as it does', async () => {
    const { page } = opened
    const { client } = serving
    const { job_id } = await client.makeDemo({ body: {} })
    await page.getByRole('button', { name: 'Quit Algiers' }).click()
    const question = page.getByRole('dialog', { name: 'Quit Algiers?' })
    await question.getByText('Making the demo library: goes on the next time Algiers starts.').waitFor()
    await question.getByRole('button', { name: 'Keep running' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect(await client.ready()).toEqual({ ready: true })
    await page.getByRole('button', { name: 'Quit Algiers' }).click()
    await question.getByRole('button', { name: 'Quit', exact: true }).click()
    await page.getByRole('heading', { name: 'Algiers has quit' }).waitFor()
    expect((await serving.finished).code).toBe(0)
    serving = await serve()
    expect(['pending', 'running']).toContain((await serving.client.job({ params: { job_id } })).status)
  })

  test('and delete the library, which takes a word to be typed', async () => {
    const { page, complaints } = opened
    await page.goto(`${serving.address}/settings`)
    await page.getByRole('button', { name: 'Delete the library…' }).click()
    const question = page.getByRole('dialog', { name: 'Delete the library?' })
    await page.keyboard.type('dele')
    expect(await question.getByRole('button', { name: 'Delete the library' }).isDisabled()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await serving.client.ready()).toEqual({ ready: true })
    await page.keyboard.type('te')
    await page.keyboard.press('Enter')
    await page.getByText('The library is deleted').waitFor()
    expect((await serving.finished).code).toBe(0)
    expect(existsSync(dataDir)).toBe(false)
    expect(complaints).toEqual([])
  })
})
