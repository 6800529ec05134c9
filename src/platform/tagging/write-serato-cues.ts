import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { exportOffset, movedMark } from '../../core/interop/libraries/export-offset.ts'
import type { ForeignGrid } from '../../core/interop/libraries/foreign-library.ts'
import {
  formatSeratoFrames,
  planSeratoMarks,
  type SeratoFile,
  type WantedMark,
} from '../../core/interop/libraries/serato/plan-serato-marks.ts'
import { parseSeratoGrid } from '../../core/interop/libraries/serato/serato-beat-grid.ts'
import type { SeratoFrames } from '../../core/interop/libraries/serato/serato-frames.ts'
import { NO_MARKS } from '../../core/interop/libraries/serato/serato-marks.ts'
import { readSeratoMarks } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import type { Seconds } from '../../core/units/units.ts'
import type { FileIdentity } from '../decoding/identity.ts'
import { sniffAudio, withAudio } from '../decoding/open-audio.ts'
import { readSeratoFrames } from '../decoding/tags.ts'
import { containerOf } from './tag-segments.ts'
import { type SeratoWriting, writeSeratoFrames } from './write-serato-frames.ts'

/** @throws UserError TAGS_NOT_WRITABLE for a kind of file that Serato keeps nothing in */
const seratoFileOf = (path: string): Promise<SeratoFile> =>
  withAudio({ path }, async (audio) => {
    const container = await containerOf({ file: audio.bytes, sniffed: await sniffAudio(audio) })
    return { layout: container === 'mp4' ? 'mp4' : 'id3', hasOldMarks: container !== 'flac' && container !== 'ogg' }
  })

export type SeratoCuesWriting = Omit<SeratoWriting, 'frames'> & {
  /** The most important first. */
  readonly wanted: readonly WantedMark[]
  /** Null leaves the grid as it is. */
  readonly grid: Pick<ForeignGrid, 'anchors'> | null
  readonly mode: 'extend' | 'replace'
  /** Where our beats are; null where nobody knows. */
  readonly ownGrid: BeatGrid | null
  readonly durationSeconds: Seconds | null
}

/** What is written, and what was there before. */
export type SeratoCuesWritten = {
  readonly before: number
  readonly written: number
  /** What had no place left, or was there already. */
  readonly skipped: readonly WantedMark[]
  /** Added to our times, where the grid that Serato has of the file begins at another moment. */
  readonly movedSeconds: Seconds
}

type Asked = Pick<SeratoCuesWriting, 'source' | 'wanted' | 'mode' | 'ownGrid' | 'durationSeconds'>

const offsetIn = (frames: SeratoFrames | null, { source, ownGrid, durationSeconds }: Asked): Seconds => {
  const theirs = frames?.beatGrid && parseSeratoGrid(frames.beatGrid, source, createWarningTally())
  return theirs == null || ownGrid === null ? 0 : exportOffset({ path: source, durationSeconds }, theirs, ownGrid)
}

const plan = async (asked: Asked) => {
  const { source, wanted, mode } = asked
  const kind = await seratoFileOf(source)
  const frames = await readSeratoFrames(source)
  const old = frames === null ? NO_MARKS : readSeratoMarks(frames, source, createWarningTally())
  const movedSeconds = offsetIn(frames, asked)
  const moved = wanted.map((mark) => movedMark(mark, movedSeconds))
  const planned = planSeratoMarks(old, moved, mode)
  const skipped = planned.skipped.map((mark) => wanted[moved.indexOf(mark)]!)
  const before = old.cues.length + old.loops.length
  return { kind, frames, marks: planned.marks, report: { before, written: planned.written, skipped, movedSeconds } }
}

/** What would be written into a file. @throws UserError as `writeSeratoCues` */
export const planSeratoCues = async (asked: Asked): Promise<SeratoCuesWritten> => (await plan(asked)).report

/** Writes cues and loops beside those that are there, or in their place. @returns also what the file is now. @throws UserError EXPORT_EXISTS, TAGS_NOT_WRITABLE */
export const writeSeratoCues = async ({
  source,
  target,
  backup,
  grid,
  ...asked
}: SeratoCuesWriting): Promise<SeratoCuesWritten & { readonly file: FileIdentity }> => {
  const { kind, frames: before, marks, report } = await plan({ ...asked, source })
  const anchors = grid?.anchors.map((anchor) => ({ ...anchor, seconds: anchor.seconds + report.movedSeconds }))
  const { layout: _layout, ...frames } = formatSeratoFrames(marks, anchors ? { anchors } : null, kind, before)
  const file = await writeSeratoFrames({ source, target, backup, frames })
  return { ...report, file }
}
