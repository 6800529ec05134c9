import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLibraries } from './open-libraries.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-libraries-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const { signal } = new AbortController()
const put = (name: string, text: string): string => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
const REKORDBOX =
  '<DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="7.0.9"/><COLLECTION><TRACK TrackID="1" Name="One" Location="file://localhost/a.mp3"/></COLLECTION></DJ_PLAYLISTS>'
const found = async (path = folder, format: Parameters<typeof openLibraries>[1] = null) =>
  (await openLibraries(path, format, signal)).map((one) => [one.format, one.library.tracks.length])

describe('a file, a folder or a drive', () => {
  it('is looked through for every library in it, by contents, with the playlists of a folder as one', async () => {
    put('exports/mine.xml', REKORDBOX)
    put('exports/other.xml', '<html/>')
    put('lists/a.m3u8', '#EXTM3U\n/music/a.mp3\n/music/b.mp3\n')
    put('lists/b.m3u8', '#EXTM3U\n/music/a.mp3\n')
    new DatabaseSync(join(folder, 'notes.db')).close()
    put('deep/er/than/a/person/keeps/it.xml', REKORDBOX)
    expect(await found()).toEqual([
      ['rekordbox-xml', 1],
      ['m3u', 3],
    ])
    expect(await found(folder, 'm3u')).toEqual([['m3u', 3]])
    const [, lists] = await openLibraries(folder, null, signal)
    expect(lists!.library.playlists.map(({ trackKeys }) => trackKeys.length)).toEqual([2, 1])
  })
  it('does not hide a library behind a file that cannot be read, and tells of that file where it is all there is', async () => {
    put('broken.xml', '<DJ_PLAYLISTS Version="1.0.0"><COLLECTION><TRACK')
    await expect(found()).rejects.toMatchObject({ code: 'IMPORT_MALFORMED' })
    put('whole.xml', REKORDBOX)
    expect(await found()).toEqual([['rekordbox-xml', 1]])
  })
  it('is refused where it is not there, or holds no library', async () => {
    await expect(found(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'FOREIGN_LIBRARY_NOT_FOUND' })
    await expect(found(put('shopping.txt', 'milk'))).rejects.toMatchObject({ code: 'FOREIGN_LIBRARY_NOT_FOUND' })
  })
})
