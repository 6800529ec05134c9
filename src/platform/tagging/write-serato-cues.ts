import type { ForeignGrid } from '../../core/interop/libraries/foreign-library.ts'
import {
  formatSeratoFrames,
  planSeratoMarks,
  type SeratoFile,
  type WantedMark,
} from '../../core/interop/libraries/serato/plan-serato-marks.ts'
import { NO_MARKS } from '../../core/interop/libraries/serato/serato-marks.ts'
import { readSeratoMarks } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { sniffAudio, withAudio } from '../decoding/open-audio.ts'
import { readSeratoFrames } from '../decoding/tags.ts'
import { containerOf } from './tag-segments.ts'
import { type SeratoWriting, writeSeratoFrames } from './write-serato-frames.ts'

/** @throws UserError TAGS_NOT_WRITABLE for a kind of file that Serato keeps nothing in */
const seratoFileOf = (path: string): Promise<SeratoFile> =>
  withAudio({ path }, async (audio) => {
    const container = await containerOf({ file: audio.bytes, sniffed: await sniffAudio(audio) })
    return { layout: container === 'mp4' ? 'mp4' : 'id3', hasOldMarks: container !== 'vorbis' }
  })

export type SeratoCuesWriting = Omit<SeratoWriting, 'frames'> & {
  /** The most important first. */
  readonly wanted: readonly WantedMark[]
  /** Null leaves the grid as it is. */
  readonly grid: Pick<ForeignGrid, 'anchors'> | null
  readonly mode: 'extend' | 'replace'
}

/** What is written, and what was there before. */
export type SeratoCuesWritten = {
  readonly before: number
  readonly written: number
  /** What had no place left, or was there already. */
  readonly skipped: readonly WantedMark[]
}

type Asked = Pick<SeratoCuesWriting, 'source' | 'wanted' | 'mode'>

const plan = async ({ source, wanted, mode }: Asked) => {
  const kind = await seratoFileOf(source)
  const frames = await readSeratoFrames(source)
  const old = frames === null ? NO_MARKS : readSeratoMarks(frames, source, createWarningTally())
  const { marks, written, skipped } = planSeratoMarks(old, wanted, mode)
  return { kind, frames, marks, report: { before: old.cues.length + old.loops.length, written, skipped } }
}

/** What would be written into a file. @throws UserError as `writeSeratoCues` */
export const planSeratoCues = async (asked: Asked): Promise<SeratoCuesWritten> => (await plan(asked)).report

/** Writes cues and loops beside those that are there, or in their place. @throws UserError EXPORT_EXISTS, TAGS_NOT_WRITABLE */
export const writeSeratoCues = async ({
  source,
  target,
  backup,
  grid,
  ...asked
}: SeratoCuesWriting): Promise<SeratoCuesWritten> => {
  const { kind, frames: before, marks, report } = await plan({ ...asked, source })
  const { layout: _layout, ...frames } = formatSeratoFrames(marks, grid, kind, before)
  await writeSeratoFrames({ source, target, backup, frames })
  return report
}
