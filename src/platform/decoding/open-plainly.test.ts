import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { withAudio } from './open-audio.ts'
import { type Opening, openPlainly } from './open-plainly.ts'
import { readInto } from './read-bytes.ts'

const SONG = 'what was checked'
const SECRET = 'what lies outside'

let folder = ''
const path = (name: string): string => join(folder, name)
beforeEach(async () => {
  folder = await realpath(mkdtempSync(join(tmpdir(), 'algiers-plainly-')))
  for (const name of ['music/album', 'outside']) mkdirSync(path(name), { recursive: true })
  writeFileSync(path('music/album/song.wav'), SONG)
  writeFileSync(path('outside/song.wav'), SECRET)
})

/** Opens with something happening between one call of the system and the next. */
const openingWith = (before: keyof Opening, happen: () => void): Opening => {
  const system: Opening = { stat: (at) => stat(at, { bigint: true }), realpath, open }
  const then = <Args extends unknown[], Result>(name: keyof Opening, call: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      if (name === before) happen()
      return call(...args)
    }
  }
  return {
    stat: then('stat', system.stat),
    realpath: then('realpath', system.realpath),
    open: then('open', system.open),
  }
}

const song = (): string => path('music/album/song.wav')
const swapFile = (): void => {
  renameSync(song(), path('kept.wav'))
  symlinkSync(path('outside/song.wav'), song())
}
const swapFolder = (): void => {
  renameSync(path('music/album'), path('album'))
  symlinkSync(path('outside'), path('music/album'))
}
const replaceFile = (): void => {
  renameSync(song(), path('kept.wav'))
  writeFileSync(song(), SECRET)
}

describe.skipIf(process.platform === 'win32')('between check and opening', () => {
  test.each([
    ['a link takes the place of the file', swapFile],
    ['a link takes the place of its folder', swapFolder],
    ['another file takes its place', replaceFile],
  ])('%s: it is not opened', async (_, swap) => {
    for (const before of ['realpath', 'open'] as const) {
      await expect(openPlainly(song(), openingWith(before, swap))).rejects.toMatchObject({ code: 'AUDIO_CHANGED' })
      for (const name of ['music/album', 'album', 'kept.wav']) rmSync(path(name), { recursive: true, force: true })
      mkdirSync(path('music/album'))
      writeFileSync(song(), SONG)
    }
  })

  test('a pipe takes its place: nobody waits for it', async () => {
    const swap = (): void => {
      rmSync(song())
      execFileSync('mkfifo', [song()])
    }
    await expect(openPlainly(song(), openingWith('open', swap))).rejects.toMatchObject({ code: 'AUDIO_CHANGED' })
  })

  test('what is swapped after it was opened is not read', async () => {
    const read = await withAudio({ path: song() }, async ({ bytes, sizeBytes }) => {
      swapFile()
      return Buffer.from(await readInto(bytes, 0, new Uint8Array(sizeBytes))).toString()
    })
    expect([read, readFileSync(song(), 'utf8')]).toEqual([SONG, SECRET])
  })
})

test('a link is followed to where it leads now, which is told', async () => {
  symlinkSync(path('music/album/song.wav'), path('link.wav'))
  const { handle, place, sizeBytes } = await openPlainly(path('link.wav'))
  await handle.close()
  expect([place, sizeBytes]).toEqual([song(), SONG.length])
})

test('what a path leads to must lie in the folders, and be what was found', async () => {
  symlinkSync(path('outside/song.wav'), path('music/link.wav'))
  const { mtimeMs: modifiedMs } = await stat(song())
  const found = { sizeBytes: SONG.length, modifiedMs }
  const read = (source: Parameters<typeof withAudio>[0]): Promise<unknown> => withAudio(source, async () => 'read')
  const folders = [path('music')]
  expect(await read({ path: song(), folders, found })).toBe('read')
  expect(await read({ path: path('music/link.wav'), folders: [path('outside')] })).toBe('read')
  await expect(read({ path: path('music/link.wav'), folders })).rejects.toMatchObject({ code: 'OUTSIDE_LIBRARY' })
  for (const other of [{ sizeBytes: 1 }, { modifiedMs: modifiedMs + 1 }])
    await expect(read({ path: song(), found: { ...found, ...other } })).rejects.toMatchObject({ code: 'AUDIO_CHANGED' })
})
