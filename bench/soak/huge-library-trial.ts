/** Libraries of two hundred megabytes, true ones and such as somebody made to hurt: how much memory does it take to look through one? */
import { execFile } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { HugeLibraryEnd } from './huge-library-child.ts'
import type { Outcome } from './outcome.ts'

const CHILD = join(import.meta.dirname, 'huge-library-child.ts')
const FILE_BYTES = 200e6
const LIMIT_MEGABYTES = 300

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="7.0.9"/><COLLECTION>\n'
const FOOT = '</COLLECTION><PLAYLISTS><NODE Type="0" Name="ROOT"/></PLAYLISTS></DJ_PLAYLISTS>\n'

const trackOf = (index: number, cues: number): string => {
  const marks = Array.from(
    { length: cues },
    (_, cue) =>
      `<POSITION_MARK Name="${['Intro', 'Drop', '', 'Outro'][cue % 4]}" Type="0" Start="${(cue * 0.4 + (index % 7)).toFixed(3)}" Num="${cue < 8 ? cue : -1}" Red="40" Green="226" Blue="20"/>\n`,
  )
  const path = `/Users/dj/Music/Artist%20${index % 900}/Album%20${index % 3000}/Track%20${index}%20(Extended%20Mix).mp3`
  return `<TRACK TrackID="${index + 1}" Name="Track ${index} (Extended Mix)" Artist="Artist ${index % 900}" Composer="" Album="Album ${index % 3000}" Grouping="" Genre="House" Kind="MP3 File" Size="14400000" TotalTime="360" DiscNumber="0" TrackNumber="0" Year="2020" AverageBpm="128.00" DateAdded="2024-01-01" BitRate="320" SampleRate="44100" Comments="" PlayCount="3" Rating="204" Location="file://localhost${path}" Remixer="" Tonality="8A" Label="" Mix="">\n<TEMPO Inizio="0.100" Bpm="128.00" Metro="4/4" Battito="1"/>\n${marks.join('')}</TRACK>\n`
}

type Huge = {
  readonly what: string
  readonly before: string
  readonly piece: (index: number) => string
  readonly after: string
  readonly ends: RegExp
}

const HUGE: readonly Huge[] = [
  { what: 'many tracks', before: HEAD, piece: (at) => trackOf(at, 8), after: FOOT, ends: /^1\d{5} tracks/ },
  { what: 'many cues', before: HEAD, piece: (at) => trackOf(at, 300), after: FOOT, ends: /^\d{4} tracks/ },
  { what: 'cut off', before: HEAD, piece: (at) => trackOf(at, 8), after: '<TRACK Name="', ends: /^IMPORT_MALFORMED/ },
  {
    what: 'one endless value',
    before: `${HEAD}<TRACK Name="`,
    piece: () => 'x'.repeat(1e6),
    after: `"/>${FOOT}`,
    ends: /^IMPORT_MALFORMED.*longer than/,
  },
  {
    what: 'one endless comment',
    before: `${HEAD}<!-- `,
    piece: () => 'x'.repeat(1e6),
    after: ` -->${FOOT}`,
    ends: /^IMPORT_MALFORMED.*longer than/,
  },
  {
    what: 'nothing but beginnings',
    before: HEAD,
    piece: () => '<NODE Type="0" Name="a">'.repeat(1e4),
    after: '',
    ends: /^IMPORT_MALFORMED.*deep/,
  },
]

const write = (path: string, { before, piece, after }: Huge): void => {
  const file = openSync(path, 'w')
  let written = writeSync(file, before)
  for (let at = 0; written < FILE_BYTES; at++) written += writeSync(file, piece(at))
  writeSync(file, after)
  closeSync(file)
}

export async function* hugeLibraryTrial(): AsyncGenerator<Outcome, void> {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-huge-'))
  const path = join(folder, 'huge.xml')
  try {
    for (const huge of HUGE) {
      write(path, huge)
      const { stdout } = await promisify(execFile)(process.execPath, [CHILD, path])
      const { end, peakMegabytes, cpuSeconds } = JSON.parse(stdout) as HugeLibraryEnd
      yield {
        holds: huge.ends.test(end) && (peakMegabytes ?? 0) <= LIMIT_MEGABYTES,
        what: `a rekordbox XML of 200 MB, ${huge.what}: ${end.slice(0, 80)}; ${peakMegabytes?.toFixed(0) ?? 'unknown'} MB at most (limit ${LIMIT_MEGABYTES}), ${cpuSeconds.toFixed(1)} s of processor time`,
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
