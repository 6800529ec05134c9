import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { driveFiles } from '../../core/interop/libraries/rekordbox/drive.fixture.ts'
import { openLibraries } from './open-libraries.ts'
import { unpackLibrary } from './packed-library.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-libraries-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const { signal } = new AbortController()
const put = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
const REKORDBOX =
  '<DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="7.0.9"/><COLLECTION><TRACK TrackID="1" Name="One" Location="file://localhost/a.mp3"/></COLLECTION></DJ_PLAYLISTS>'
const found = async (path = folder, format: Parameters<typeof openLibraries>[1] = null) =>
  (await openLibraries(path, format, signal)).map((one) => [one.format, one.library.counts.tracks])

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
      ['m3u', 2],
    ])
    expect(await found(folder, 'm3u')).toEqual([['m3u', 2]])
    const [, lists] = await openLibraries(folder, null, signal)
    expect(lists!.library.playlists.map(({ trackKeys }) => trackKeys.length)).toEqual([2, 1])
  })
  it('does not hide a library behind a file that cannot be read, and tells of that file where it is all there is', async () => {
    put('broken.xml', '<DJ_PLAYLISTS Version="1.0.0"><COLLECTION><TRACK')
    await expect(found()).rejects.toMatchObject({ code: 'IMPORT_MALFORMED' })
    put('whole.xml', REKORDBOX)
    expect(await found()).toEqual([['rekordbox-xml', 1]])
  })
  it.runIf(process.platform !== 'win32')('refuses a path that no system can follow, by its name', async () => {
    symlinkSync(join(folder, 'round'), join(folder, 'round'))
    for (const name of ['round', 'x'.repeat(300)])
      await expect(found(join(folder, name))).rejects.toMatchObject({
        code: 'IMPORT_MALFORMED',
        message: expect.stringContaining(name),
      })
  })
  it('tells with the first library what of the folder cannot be read: a broken file, one that is too large, a folder too deep', async () => {
    put('whole.xml', REKORDBOX)
    put('broken.xml', '<DJ_PLAYLISTS Version="1.0.0"><COLLECTION><TRACK')
    truncateSync(put('vast.nml', ''), 2 ** 30 + 1)
    put('1/2/3/4/5/6/7/8/9/10/11/deep.xml', REKORDBOX)
    const [whole, ...others] = await openLibraries(folder, null, signal)
    expect(others).toEqual([])
    expect(whole!.library.warnings).toMatchObject([
      { text: 'A folder lies more than 10 deep: it is left out.', place: '1/2/3/4/5/6/7/8/9/10/11' },
      { text: expect.stringMatching(/^A library cannot be read .* Line 1: /), place: join(folder, 'broken.xml') },
      { text: expect.stringContaining('larger than a library can be'), place: join(folder, 'vast.nml') },
    ])
  })
  it('gives every rekordbox drive below it, the innermost by itself, and analyses without a drive', async () => {
    const drive = driveFiles()
    const putAll = (place: string, files: Readonly<Record<string, Uint8Array>>): void => {
      for (const [name, bytes] of Object.entries(files)) put(`${place}${name}`, bytes)
    }
    putAll('USB 1/', drive)
    putAll('USB 1/copies/USB 2/', drive)
    putAll('USB 3/', { 'PIONEER/rekordbox/export.pdb': new Uint8Array(5000).fill(7) })
    const analyses = Object.entries(drive).filter(([name]) => name.includes('USBANLZ'))
    putAll('share/', Object.fromEntries(analyses))
    const opened = await openLibraries(folder, null, signal)
    const told = opened.map(({ source, library }) => [
      source,
      unpackLibrary(library).tracks.map(({ title, cues }) => [title, cues.length]),
      library.playlists.length,
    ])
    const held = [
      ['Über #1', 6],
      [expect.stringContaining('A long night'), 0],
    ]
    expect(told).toEqual([
      [join(folder, 'USB 1'), held, 2],
      [join(folder, 'USB 1/copies/USB 2'), held, 2],
      [folder, [[null, 6]], 0],
    ])
    expect(opened.map((one) => one.folder)).toEqual(opened.map(({ source }) => source))
    expect(opened[0]!.library.warnings).toContainEqual(
      expect.objectContaining({
        text: expect.stringMatching(/^A library cannot be read .*export\.pdb/),
        place: join(folder, 'USB 3'),
      }),
    )
  })
  it('is refused where it is not there, or holds no library', async () => {
    await expect(found(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'FOREIGN_LIBRARY_NOT_FOUND' })
    await expect(found(put('shopping.txt', 'milk'))).rejects.toMatchObject({ code: 'FOREIGN_LIBRARY_NOT_FOUND' })
  })
})
