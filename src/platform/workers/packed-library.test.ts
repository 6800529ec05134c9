import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { libraryFile } from '../../core/interop/libraries/library-file.fixture.ts'
import { parseLibrary } from '../../core/interop/libraries/parse-library.ts'
import { rekordboxXml } from '../../core/interop/libraries/rekordbox/rekordbox-xml.ts'
import { packList } from '../../core/support/packed-list.ts'
import { readPacked, unpackLibrary, wantedTracks } from './packed-library.ts'
import { WorkerPool } from './worker-pool.ts'

const trackOf = (index: number, cues: number): string =>
  `<TRACK TrackID="${index}" Name="Track ${index} (Extended Mix)" Artist="Ärtist ${index % 90}" TotalTime="360" Comments="${'bought on a long night out '.repeat(6)}" Location="file://localhost/Users/dj/Music/${index}.mp3">
  <TEMPO Inizio="0.1" Bpm="128.00" Metro="4/4" Battito="1"/>
${Array.from({ length: cues }, (_, cue) => `  <POSITION_MARK Name="Drop" Type="0" Start="${cue * 0.3}" Num="${cue % 8}" Red="40" Green="226" Blue="20"/>\n`).join('')}</TRACK>\n`
const libraryOf = (tracks: number, cues: number): string =>
  `<DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="7.0.9"/><COLLECTION>
${Array.from({ length: tracks }, (_, index) => trackOf(index, cues)).join('')}</COLLECTION>
<PLAYLISTS><NODE Type="0" Name="ROOT"><NODE Type="1" Name="a" KeyType="0"><TRACK Key="3"/><TRACK Key="gone"/></NODE></NODE></PLAYLISTS></DJ_PLAYLISTS>`

test('a library that was packed is the one that was read, but for cues that nobody sets', () => {
  for (const [tracks, cues] of [
    [0, 0],
    [1, 3],
    [450, 8],
    [7, 900],
  ] as const) {
    const file = libraryFile('a.xml', libraryOf(tracks, cues))
    expect(unpackLibrary(readPacked(rekordboxXml, file))).toEqual(parseLibrary(rekordboxXml, file))
  }
  const { counts, warnings } = readPacked(rekordboxXml, libraryFile('a.xml', libraryOf(4, 1200)))
  expect(counts).toEqual({ tracks: 4, cues: 4000, loops: 0, phrases: 0, grids: 4, playlists: 1 })
  expect(warnings.map(({ count }) => count)).toEqual([1, 4])
})

test('of tracks only those that are wanted are looked at, in their places', () => {
  const packed = readPacked(rekordboxXml, libraryFile('a.xml', libraryOf(450, 2)))
  const wanted = [...wantedTracks(packed, (at) => at % 199 === 1)]
  expect(wanted.map(([at, { key }]) => [at, key])).toEqual([1, 200, 399].map((at) => [at, String(at)]))
})

test('a library is looked through in far less memory than its file has bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-packed-'))
  const pool = new WorkerPool({ size: 1, heapMegabytes: 24 })
  try {
    const path = join(folder, 'large.xml')
    const text = libraryOf(7000, 12)
    writeFileSync(path, text)
    expect(text.length).toBeGreaterThan(9e6)
    const input = { path, format: null, own: packList([]), moves: [], answers: [], profiles: {} }
    const [found] = await pool.run('lookThrough', input)
    expect(found!.counts).toMatchObject({ tracks: 7000, cues: 84_000 })
  } finally {
    await pool.close()
    rmSync(folder, { recursive: true })
  }
})
