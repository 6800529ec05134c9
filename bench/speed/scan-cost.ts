/** What a scan costs whoever runs it: all processor time, sections and hearing included, beside ffmpeg's for decoding the same files. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LONG_TRACK_SECONDS, prepareLongLibrary } from './audio.ts'
import { type BenchFigure, median } from './figures.ts'

const WORKERS = 2
const RUNS = 3
/** The target: the ratio to ffmpeg's own decoding. */
const MOST_TIMES_FFMPEG = 3
const CHILD = join(import.meta.dirname, 'scan-child.ts')

const processorSeconds = async (what: 'scan' | 'ffmpeg', folder: string): Promise<number> => {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, what, folder, String(WORKERS)])
  return Number(stdout)
}

export const benchScanCost = async (): Promise<readonly BenchFigure[]> => {
  const library = existsSync('/proc/self/stat') ? await prepareLongLibrary() : null
  const measure = 'a scan, processor time ÷ that of ffmpeg decoding the same files'
  if (library === null) {
    const note = 'needs Linux, and an ffmpeg that encodes FLAC and MP3'
    return [{ measure, value: null, unit: 'times', target: MOST_TIMES_FFMPEG, note }]
  }
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    theirs.push(await processorSeconds('ffmpeg', library.folder))
    ours.push(await processorSeconds('scan', library.folder))
  }
  const perTrack = (seconds: readonly number[]): number => median(seconds) / library.tracks
  const note = `${library.tracks} tracks of ${LONG_TRACK_SECONDS / 60} minutes, FLAC and MP3, ${WORKERS} at a time in a new process; median of ${RUNS}`
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
