/** What a scan costs whoever runs it: all processor time, sections and hearing included, beside ffmpeg's for decoding the same files. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openApp } from '../../src/app.ts'
import { BENCH_FOLDER, LONG_TRACK_SECONDS, prepareLongLibrary } from './audio.ts'
import { type BenchFigure, median } from './figures.ts'
import { canTellProcessorTime } from './processor-time.ts'
import { runCommand } from './run-command.ts'

const WORKERS = 2
const RUNS = 3
/** The target: the ratio to ffmpeg's own decoding. */
const MOST_TIMES_FFMPEG = 3
const FFMPEG_CHILD = join(import.meta.dirname, 'ffmpeg-child.ts')

const decodeAll = async (folder: string): Promise<number> => {
  const { stdout } = await promisify(execFile)(process.execPath, [FFMPEG_CHILD, folder, String(WORKERS)])
  return Number(stdout)
}

type LongLibrary = { readonly folder: string; readonly tracks: number }

/** `algiers library scan` of a new library. */
const scan = async ({ folder, tracks }: LongLibrary): Promise<number> => {
  const dataDir = await mkdtemp(join(BENCH_FOLDER, 'data-'))
  try {
    const before = await openApp({ dataDir })
    await before.upkeep.settings.change({ workers: WORKERS })
    await before.collection.addRoot(folder)
    await before.close()
    const { processorSeconds } = await runCommand(dataDir, ['library', 'scan'])
    const after = await openApp({ dataDir })
    const overview = await after.collection.overview()
    await after.close()
    const analysed = overview.tracks - overview.tempo.unknown
    if (analysed !== tracks) throw new Error(`Only ${analysed} of ${tracks} tracks were analysed`)
    return processorSeconds
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

export const benchScanCost = async (): Promise<readonly BenchFigure[]> => {
  const library = canTellProcessorTime() ? await prepareLongLibrary() : null
  const measure = 'a scan, processor time ÷ that of ffmpeg decoding the same files'
  if (library === null) {
    const note = 'needs Linux, and an ffmpeg that encodes FLAC and MP3'
    return [{ measure, value: null, unit: 'times', target: MOST_TIMES_FFMPEG, note }]
  }
  const [ours, theirs]: [number[], number[]] = [[], []]
  // Keeps the compiled code for the others.
  await scan(library)
  for (let run = 0; run < RUNS; run++) {
    theirs.push(await decodeAll(library.folder))
    ours.push(await scan(library))
  }
  const perTrack = (seconds: readonly number[]): number => median(seconds) / library.tracks
  const note = `${library.tracks} tracks of ${LONG_TRACK_SECONDS / 60} minutes, FLAC and MP3, ${WORKERS} at a time, by algiers library scan with its start and all processes; median of ${RUNS}`
  return [
    { measure: 'a scan, processor time per five minutes', value: perTrack(ours), unit: 's', target: null, note },
    {
      measure,
      value: perTrack(ours) / perTrack(theirs),
      unit: 'times',
      target: MOST_TIMES_FFMPEG,
      note: `ffmpeg ${perTrack(theirs).toFixed(2)} s per five minutes`,
    },
  ]
}
