/**
 * `node recipes/second-readers/compare.ts FOLDER`: reads every rekordbox XML and Traktor NML in a folder with ours and with a second
 * reader, and prints what each counts. What the second reader refuses is said with its reason.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ForeignLibrary } from '../../src/core/interop/libraries/foreign-library.ts'
import { findLibraryFormat } from '../../src/core/interop/libraries/library-formats.ts'
import { parseLibrary } from '../../src/core/interop/libraries/parse-library.ts'
import { findSecondReaders, NO_SECOND_READERS } from './second-reader.fixture.ts'

type Counts = { readonly tracks: number; readonly points: number; readonly loops: number; readonly anchors: number }
type Mark = { readonly type: number | string }
type Read = { readonly tracks: readonly { readonly marks: readonly Mark[]; readonly tempos?: readonly unknown[] }[] }

const readers = findSecondReaders()
const [folder] = process.argv.slice(2)
if (readers === null || folder === undefined) {
  process.stderr.write(`${folder === undefined ? 'Which folder?' : NO_SECOND_READERS}\n`)
  process.exit(2)
}

const ours = ({ tracks }: ForeignLibrary): Counts => {
  const cues = tracks.flatMap((track) => track.cues)
  const loops = cues.filter(({ type }) => type === 'loop').length
  return {
    tracks: tracks.length,
    points: cues.length - loops,
    loops,
    anchors: tracks.reduce((sum, { grid }) => sum + (grid?.anchors.length ?? 0), 0),
  }
}

const GRID = 4
const countTheirs = ({ tracks }: Read, reader: string): Counts => {
  const marks = tracks.flatMap((track) => track.marks)
  const isTraktor = reader === 'traktor'
  const isLoop = ({ type }: Mark): boolean => type === (isTraktor ? 5 : 4) || type === 'loop'
  const isGrid = ({ type }: Mark): boolean => isTraktor && type === GRID
  // A beat marker of Traktor on a pad is a cue as well.
  const isPoint = (mark: Mark & { pad?: number }): boolean => !isLoop(mark) && (!isGrid(mark) || (mark.pad ?? -1) >= 0)
  return {
    tracks: tracks.length,
    points: marks.filter(isPoint).length,
    loops: marks.filter(isLoop).length,
    anchors: isTraktor ? marks.filter(isGrid).length : tracks.reduce((sum, { tempos = [] }) => sum + tempos.length, 0),
  }
}

const READERS: Readonly<Record<string, readonly string[]>> = {
  'rekordbox-xml': ['pyrekordbox', 'rbox'],
  'traktor-nml': ['traktor'],
}
const shown = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

let isSame = true
for (const name of readdirSync(folder)) {
  const file = { name, bytes: readFileSync(join(folder, name)) }
  const format = findLibraryFormat(file)
  const names = READERS[format?.name ?? '']
  if (format === null || names === undefined) continue
  const mine = shown(ours(parseLibrary(format, file)))
  console.log(`${name}\n  Algiers: ${mine}`)
  for (const reader of names) {
    try {
      const theirs = shown(countTheirs(readers.run('read_texts.py', [reader, join(folder, name)]) as Read, reader))
      isSame &&= theirs === mine
      console.log(`  ${reader}: ${theirs}${theirs === mine ? '' : '  DIFFERS'}`)
    } catch (error) {
      console.log(`  ${reader} refuses it: ${String(error).trim().split('\n').at(-1)}`)
    }
  }
}
process.exit(isSame ? 0 : 1)
