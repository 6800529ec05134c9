/** A row of "PerformanceData" as grid and cues. */
import type { Hertz } from '../../../units/units.ts'
import { readCueName } from '../cue-names.ts'
import { isSaneTempo } from '../foreign-fields.ts'
import type { ForeignAnchor, ForeignCue, ForeignGrid, ForeignTrack } from '../foreign-library.ts'
import { type ForeignRow, isSampleRate, rowBytes } from '../foreign-rows.ts'
import { gridOfAnchors, sortCues } from '../sort-cues.ts'
import type { WarningTally } from '../warning-tally.ts'
import { cuesWithin } from '../within-track.ts'
import {
  type EngineBeats,
  type EngineMark,
  inflateBlob,
  parseEngineBeats,
  parseEngineLoops,
  parseQuickCues,
  readBlob,
} from './engine-blobs.ts'

const BEATS_PER_BAR = 4
/** What pads 1 to 8 have by themselves. */
const PAD_COLOURS = ['#eac532', '#ea8f32', '#b855bf', '#ba2a41', '#86c64b', '#20c67c', '#00a8b1', '#158ee2'] as const
const NO_COLOUR = '#000000'

/** The first marker often lies before the track begins: its grid is told from its first beat within. */
const gridOf = ({ sampleRate, markers }: EngineBeats): ForeignGrid | null => {
  const anchors = markers.flatMap((marker, index): ForeignAnchor[] => {
    const next = markers[index + 1]
    if (next === undefined) return []
    const [seconds, end] = [marker.sample / sampleRate, next.sample / sampleRate]
    const beats = next.beat - marker.beat
    const bpm = (60 * beats) / (end - seconds)
    if (!(beats > 0) || !isSaneTempo(bpm) || end <= 0) return []
    const before = Math.max(0, Math.ceil((-seconds * bpm) / 60))
    const beatOfBar = (((marker.beat + before) % BEATS_PER_BAR) + BEATS_PER_BAR) % BEATS_PER_BAR
    return [{ seconds: seconds + (60 * before) / bpm, bpm, beatOfBar }]
  })
  return gridOfAnchors(anchors)
}

const toCue = ({ slot, label, start, end, colour }: EngineMark, sampleRate: Hertz): ForeignCue => {
  const { name, isAutomatic, isEnd } = readCueName(label)
  return {
    type: isEnd ? 'end' : end === null ? 'cue' : 'loop',
    pad: slot,
    startSeconds: start / sampleRate,
    endSeconds: end === null ? null : end / sampleRate,
    name,
    colour: colour === NO_COLOUR || PAD_COLOURS[slot] === colour ? null : colour,
    isAutomatic,
  }
}

type Performance = { readonly grid: ForeignGrid | null; readonly cues: readonly ForeignCue[] }

/** Of "PerformanceData". */
export const readPerformance = (
  row: ForeignRow,
  track: Pick<ForeignTrack, 'title' | 'location' | 'durationSeconds'>,
  warnings: WarningTally,
): Performance => {
  const place = track.title
  const inflated = (column: string): Uint8Array | null => {
    const blob = rowBytes(row, column)
    const bytes = blob === null ? null : inflateBlob(blob)
    if (blob !== null && bytes === null && blob.length > 4)
      warnings.add('Cues or beats of Engine DJ cannot be read: they are left out.', place)
    return bytes
  }
  const beats = readBlob(inflated('beatData'), parseEngineBeats, place, warnings)
  const marks = [
    ...(readBlob(inflated('quickCues'), parseQuickCues, place, warnings) ?? []),
    ...(readBlob(rowBytes(row, 'loops'), parseEngineLoops, place, warnings) ?? []),
  ]
  if (beats === null || !isSampleRate(beats.sampleRate)) {
    if (marks.length > 0)
      warnings.add('Cues are left out, because Engine DJ does not know the sample rate of their track.', place)
    return { grid: null, cues: [] }
  }
  const cues = cuesWithin(
    marks.map((mark) => toCue(mark, beats.sampleRate)),
    track,
    warnings,
  )
  return { grid: gridOf(beats), cues: sortCues(cues) }
}
