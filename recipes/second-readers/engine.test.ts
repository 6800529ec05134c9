import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { engineDatabase } from '../../src/core/interop/libraries/engine/engine-database.ts'
import { driveFiles, folderOf } from '../../src/core/interop/libraries/rekordbox/drive.fixture.ts'
import { rekordboxFolder } from '../../src/core/interop/libraries/rekordbox/rekordbox-folder.ts'
import { readForeignDatabase } from '../../src/platform/store/foreign-database.ts'

const HERE = import.meta.dirname
const SCRIPTS = process.platform === 'win32' ? 'Scripts' : 'bin'
const CONVERTER = join(HERE, '..', '..', '.second-readers', 'engine', SCRIPTS, 'rb2engine')
const SOUND = join(HERE, '../../src/platform/decoding/fixtures/two-clicks.mp3')
const NOT_INSTALLED = 'rb2engine is not installed (recipes/second-readers/requirements-engine.txt)'

const writeDrive = (root: string): void => {
  for (const [name, bytes] of Object.entries(driveFiles())) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), bytes)
  }
  for (const name of ['Contents/Näher/a.mp3', 'Contents/b.mp3']) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    copyFileSync(SOUND, join(root, name))
  }
}

test('what rb2engine makes of a drive for Engine DJ is what we read from the drive itself', async ({ skip }) => {
  skip(!existsSync(CONVERTER), NOT_INSTALLED)
  const root = mkdtempSync(join(tmpdir(), 'algiers-rb2engine-'))
  writeDrive(root)
  const { status, stdout, stderr } = spawnSync(CONVERTER, ['convert', root], { encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  const theirs = engineDatabase.parse(
    await readForeignDatabase(join(root, 'Engine Library/Database2/m.db'), engineDatabase.wants),
  )
  const ours = rekordboxFolder.parse(folderOf(driveFiles()))
  for (const [index, track] of ours.tracks.entries()) {
    const { title, artist, album, genre, bpm, durationSeconds, grid, cues, location } = theirs.tracks[index]!
    expect({ title, artist, album, genre, bpm, durationSeconds }).toEqual({
      title: track.title,
      artist: track.artist,
      album: track.album,
      genre: track.genre,
      bpm: track.bpm,
      durationSeconds: track.durationSeconds,
    })
    expect(location.path).toBe(`../${track.location.path}`)
    const anchor = track.grid?.anchors[0]
    if (anchor) {
      expect(grid!.anchors[0]!.bpm).toBeCloseTo(anchor.bpm, 3)
      expect(grid!.anchors[0]!.seconds).toBeCloseTo(anchor.seconds, 3)
    }
    const named = (all: typeof cues) =>
      all.flatMap(({ name, startSeconds, pad, isAutomatic }) =>
        pad === null || name === null || isAutomatic ? [] : [[pad, name, Math.round(startSeconds * 1000)]],
      )
    expect(named(cues)).toEqual(expect.arrayContaining(named(track.cues)))
  }
  const namesOf = ({ playlists }: typeof ours) =>
    playlists.map(({ name, folders, trackKeys }) => [name, folders, trackKeys.length]).sort()
  expect(namesOf(theirs)).toEqual(namesOf(ours))
})
