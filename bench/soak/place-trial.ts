import { linkSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../../src/app.ts'
import type { Outcome } from './outcome.ts'
import { writeShortTracks } from './short-tracks.ts'

const FILES = 3
/** Earlier than the first computers, and later than any of today; clocks that jump leave such times on files. */
const ODD_TIMES_SECONDS = [1, 7_258_118_400] as const

const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wav'))

/** A library whose data directory lies inside its folder, with hard links, odd times, and a cache that goes while it runs. */
export const placeTrial = async (): Promise<readonly Outcome[]> => {
  const root = mkdtempSync(join(tmpdir(), 'algiers-place-'))
  const dataDir = join(root, 'data')
  writeShortTracks(root, FILES, 128)
  const music = namesIn(root).map((name) => join(root, name))
  const outcomes: Outcome[] = []
  const note = (holds: boolean, what: string): void => void outcomes.push({ holds, what })
  const app = await openApp({ dataDir })
  try {
    // What the program keeps is not music, whatever it is called.
    const [inside, outside] = [join(dataDir, 'backups/copy.wav'), join(root, 'copy.wav')]
    linkSync(music[0]!, inside)
    await app.collection.addRoot(root)
    await app.collection.scan()
    const tracks = await app.collection.listTracks()
    const paths = async (): Promise<readonly string[]> =>
      (await Promise.all(tracks.map(({ id }) => app.collection.track(String(id))))).flatMap(({ locations }) =>
        locations.map(({ path }) => path),
      )
    note(
      tracks.length === FILES && !(await paths()).includes(inside),
      `data directory inside the folder: ${tracks.length} tracks of ${FILES} files, none of its own`,
    )
    renameSync(inside, outside)
    await app.collection.scan()
    note((await paths()).includes(outside), 'control: the same file beside it is found')
    note(
      (await app.collection.listTracks()).length === FILES,
      `a hard link: still ${FILES} tracks, one of them with two files`,
    )
    for (const [index, seconds] of ODD_TIMES_SECONDS.entries()) utimesSync(music[index]!, seconds, seconds)
    const odd = await app.collection.scan()
    const again = await app.collection.scan()
    note(
      odd.failures.length === 0 && again.failures.length === 0 && (await app.collection.listTracks()).length === FILES,
      `times of 1970 and 2200 on files: ${odd.failures.length + again.failures.length} failures, no track twice`,
    )
    rmSync(join(dataDir, 'cache'), { recursive: true })
    mkdirSync(join(dataDir, 'cache'))
    const { analysed, failures } = await app.collection.scan()
    note(
      analysed === FILES && failures.length === 0,
      `cache removed while it runs: the next scan makes ${analysed} of ${FILES} anew`,
    )
  } finally {
    await app.close()
    rmSync(root, { recursive: true, force: true })
  }
  return outcomes
}
