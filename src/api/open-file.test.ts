import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTestTrack } from '../cli/test-track.fixture.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

const SECRET = 'what lies outside'

let server: TestServer
let home = ''
const path = (name: string): string => join(home, name)
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'algiers-place-'))
  for (const folder of ['music/album', 'elsewhere', 'second']) mkdirSync(path(folder), { recursive: true })
  const names = [
    'music/tagged.wav',
    'music/swapped.wav',
    'music/pipe.wav',
    'music/gone.wav',
    'music/raced.wav',
    'music/album/moved.wav',
  ]
  for (const [seed, name] of [...names, 'second/linked.wav', 'elsewhere/outside.wav'].entries())
    writeTestTrack(path(name), { bpm: 120 + seed, seed, rootHz: 55 })
  symlinkSync(path('second/linked.wav'), path('music/linked.wav'))
  symlinkSync(path('elsewhere/outside.wav'), path('music/outside.wav'))
  writeFileSync(path('elsewhere/moved.wav'), SECRET)
  writeFileSync(path('elsewhere/secret.txt'), SECRET)
  server = await startTestServer()
  for (const folder of ['music', 'second']) await server.json('POST', '/api/roots', { path: path(folder) })
  const { body } = await server.json<{ job_id: string }>('POST', '/api/scan', { analyse: false })
  await until(async () => {
    const { status } = (await server.json<{ status: string }>('GET', `/api/jobs/${body.job_id}`)).body
    return status === 'completed' ? true : null
  })
})
afterAll(async () => {
  await server.close()
  rmSync(home, { recursive: true })
})

/** Asks for a file in both ways there are. @returns status and bytes of each */
const ask = async (name: string): Promise<readonly (readonly [number, string])[]> => {
  const { tracks } = (await server.json<{ tracks: { id: number; path: string }[] }>('GET', '/api/tracks')).body
  const { id } = tracks.find((track) => track.path === path(name))!
  const addresses = [`/api/tracks/${id}/audio`, `/api/audio?path=${encodeURIComponent(path(name))}`]
  return Promise.all(
    addresses.map(async (address) => {
      const response = await server.request('GET', address)
      return [response.status, await response.text()] as const
    }),
  )
}
const codes = async (name: string): Promise<(number | string)[][]> =>
  (await ask(name)).map(([status, text]) => [status, (JSON.parse(text) as { code: string }).code])

const MISSING = [404, 'AUDIO_NOT_FOUND']

test('a file whose tags were written meanwhile is served, and so is a link that leads to what was scanned', async () => {
  appendFileSync(path('music/tagged.wav'), 'TAG')
  for (const name of ['music/tagged.wav', 'music/linked.wav'])
    for (const [status, text] of await ask(name))
      expect([status, text.length]).toEqual([200, readFileSync(path(name)).toString().length])
})

test('a link that led out of the library when it was scanned is no track', async () => {
  const { tracks } = (await server.json<{ tracks: { path: string }[] }>('GET', '/api/tracks')).body
  expect(tracks.map((track) => track.path)).not.toContain(path('music/outside.wav'))
  const answer = await server.json('GET', `/api/audio?path=${encodeURIComponent(path('music/outside.wav'))}`)
  expect(answer).toMatchObject({ status: 404, body: { code: 'AUDIO_NOT_FOUND' } })
})

test('what a link leads to is served as long as its folder is one of the library', async () => {
  const [, second] = await server.app.collection.listRoots()
  await server.app.collection.removeRoot(second!.path)
  expect(await codes('music/linked.wav')).toEqual([[409, 'OUTSIDE_LIBRARY'], MISSING])
  await server.app.collection.addRoot(second!.path)
})

test('a link in place of the file leads nowhere', async () => {
  rmSync(path('music/swapped.wav'))
  symlinkSync(path('elsewhere/secret.txt'), path('music/swapped.wav'))
  expect(await codes('music/swapped.wav')).toEqual([[409, 'AUDIO_CHANGED'], MISSING])
  writeFileSync(path('second/linked.wav'), SECRET)
  expect(await codes('music/linked.wav')).toEqual([[409, 'AUDIO_CHANGED'], MISSING])
})

test('a link in place of the folder leads nowhere', async () => {
  renameSync(path('music/album'), path('album'))
  symlinkSync(path('elsewhere'), path('music/album'))
  expect(await codes('music/album/moved.wav')).toEqual([[409, 'AUDIO_CHANGED'], MISSING])
})

test.skipIf(process.platform === 'win32')(
  'whatever is swapped for the file while it is asked for, nothing from outside is sent',
  async () => {
    const { body } = await server.json<{ tracks: { id: number; path: string }[] }>('GET', '/api/tracks')
    const { id } = body.tracks.find((track) => track.path === path('music/raced.wav'))!
    const swapping = spawn(process.execPath, [
      '-e',
      `const { renameSync, symlinkSync } = require('node:fs')
     const [file, link, outside] = process.argv.slice(1)
     symlinkSync(outside, link)
     for (;;) { renameSync(file, file + '.kept'); renameSync(link, file); renameSync(file, link); renameSync(file + '.kept', file) }`,
      path('music/raced.wav'),
      path('music/link'),
      path('elsewhere/secret.txt'),
    ])
    try {
      const answers: number[] = []
      for (let round = 0; round < 60; round++)
        for (const answer of await Promise.all(
          Array.from({ length: 10 }, () => server.request('GET', `/api/tracks/${id}/audio`)),
        )) {
          answers.push(answer.status)
          expect(await answer.text()).not.toContain(SECRET)
        }
      expect(new Set(answers).size).toBeGreaterThan(1)
    } finally {
      const ended = once(swapping, 'exit')
      swapping.kill('SIGKILL')
      await ended
    }
  },
)

test('a file that is gone is not found', async () => {
  rmSync(path('music/gone.wav'))
  expect(await codes('music/gone.wav')).toEqual([MISSING, MISSING])
})

test.skipIf(process.platform === 'win32')('a pipe is no file, and nobody waits for it', async () => {
  rmSync(path('music/pipe.wav'))
  expect(spawnSync('mkfifo', [path('music/pipe.wav')]).status).toBe(0)
  expect(await codes('music/pipe.wav')).toEqual([MISSING, MISSING])
})
