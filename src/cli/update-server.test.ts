import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serveUpdate, shownUpdate } from './update-server.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-update-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const GOAL = 'http://127.0.0.1:4747'
const CHECKING = { stage: 'checking' } as const

/** What a page is sent, one message a turn. */
const eventsOf = async (address: string): Promise<() => Promise<object | null>> => {
  const reader = (await fetch(`${address}/events`)).body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return async () => {
    while (!text.includes('\n\n')) {
      const { value, done } = await reader.read()
      if (done) return null
      text += value
    }
    const [message = '', ...rest] = text.split('\n\n')
    text = rest.join('\n\n')
    return JSON.parse(message.replace(/^data: /, '')) as object
  }
}

test('of a copy as much is shown as lies on the disk, and of the steps those that are done', () => {
  const path = join(folder, 'copy.db')
  const copying = { stage: 'copying', path, bytes: 40_000_000 } as const
  expect(shownUpdate(copying)).toEqual({
    words: 'Copying the library first',
    amount: '0.0 MB of 40 MB copied',
    fraction: 0,
  })
  writeFileSync(path, Buffer.alloc(30_000_000))
  expect(shownUpdate(copying)).toMatchObject({ amount: '30 MB of 40 MB copied', fraction: 0.75 })
  expect(shownUpdate({ stage: 'changing', step: 3, steps: 8 })).toMatchObject({ words: 'Step 3 of 8', fraction: 0.25 })
})

test('a window follows every part, and goes on to Algiers; then the page is no longer needed', async () => {
  const server = await serveUpdate(CHECKING)
  const html = await (await fetch(server.address)).text()
  expect(html).toContain('Algiers is updating your library')
  expect(html).toContain('<p role="status" id="words">Checking the library</p>')
  const next = await eventsOf(server.address)
  expect(await next()).toEqual({ words: 'Checking the library', amount: '', fraction: null })
  server.show({ stage: 'changing', step: 1, steps: 2 })
  expect(await next()).toEqual({ words: 'Step 1 of 2', amount: '', fraction: 0 })
  server.show({ stage: 'changing', step: 2, steps: 2 })
  expect(await next()).toEqual({ words: 'Step 2 of 2', amount: '', fraction: 0.5 })
  const left = server.leadTo(GOAL)
  expect([await next(), await next()]).toEqual([{ leadsTo: GOAL }, null])
  await left
  await expect(fetch(server.address)).rejects.toThrow()
})

test('windows that come late are sent on, too, and each that was announced is waited for', async () => {
  const server = await serveUpdate(CHECKING)
  expect((await fetch(server.address, { method: 'POST' })).status).toBe(204)
  const left = server.leadTo(GOAL)
  for (const _ of ['first', 'second']) {
    const { status, headers } = await fetch(server.address, { redirect: 'manual' })
    expect([status, headers.get('location')]).toEqual([303, GOAL])
  }
  await left
})

test('where no window could be opened, none is waited for', async () => {
  const server = await serveUpdate(CHECKING)
  server.noWindow()
  await server.leadTo(GOAL)
})

test('whoever does not know the address gets nothing', async () => {
  const server = await serveUpdate(CHECKING)
  const { origin } = new URL(server.address)
  expect((await fetch(origin)).status).toBe(404)
  expect((await fetch(`${server.address}/x`)).status).toBe(404)
  server.noWindow()
  await server.leadTo(GOAL)
})
