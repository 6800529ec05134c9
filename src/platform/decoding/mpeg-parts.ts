/** @file How the frames of an MPEG audio file become sound, and what its header says that is not so. */
import { UserError } from '../../core/support/user-error.ts'
import { type EncoderFrame, readEncoderFrame } from './mpeg-frames.ts'
import { type MpegRun, type Stretch, surveyMpeg } from './mpeg-survey.ts'
import { type Bytes, readAt } from './read-bytes.ts'
import { createTrimmer, type Trimmer } from './trim-samples.ts'

/** Samples by which a decoder of MPEG layer 3 is late. */
const MPEG_DELAY = 529
/** With a gap at every fourth frame the frames came about by chance: a stream of a free bit rate, or none at all. */
const MOST_GAPS_SHARE = 0.25
/** A file that is larger than its header says by more than this share is taken for a joined one by others. */
const JOINED_SHARE = 1 / 16

export type MpegPart = {
  readonly ranges: readonly Stretch[]
  readonly channels: number
  readonly trim: Trimmer | null
  readonly damaged: number
}

const trimmerOf = ({ frames, first, gaps }: MpegRun, { isPlayed, padding, ...told }: EncoderFrame): Trimmer | null => {
  const unheard = isPlayed ? first.samples : 0
  if (padding === null) return unheard === 0 ? null : createTrimmer({ from: unheard, to: Number.POSITIVE_INFINITY })
  // Where frames were cut out or added since, nobody knows how much of the last one is padding.
  const isWhole = told.frames === frames - 1 && gaps === 0
  const to = isWhole ? (frames - 1) * first.samples - padding.behind + MPEG_DELAY : Number.POSITIVE_INFINITY
  return createTrimmer({ from: unheard + padding.before + MPEG_DELAY, to })
}

/** Counts of the header that are not those of the file: other players cut by them. */
const wrongCounts = ({ frames }: MpegRun, told: EncoderFrame, bytes: number): readonly string[] => {
  if (told.frames && told.frames !== frames - 1)
    return [`The header counts ${told.frames} frames, ${frames - 1} are there`]
  return told.bytes && bytes - told.bytes > JOINED_SHARE * told.bytes
    ? [`The header counts ${told.bytes} bytes, ${bytes} are there`]
    : []
}

/** @throws UserError AUDIO_DECODE_FAILED where it is no such sound */
export const readMpegParts = async (
  file: Bytes,
  { start, end, path }: { readonly start: number; readonly end: number; readonly path: string },
): Promise<{ readonly parts: readonly MpegPart[]; readonly warnings: readonly string[] }> => {
  const runs = await surveyMpeg(file, start, end)
  const [frames, gaps] = runs.reduce(([all, lost], run) => [all + run.frames, lost + run.gaps], [0, 0])
  const [first] = runs
  if (first === undefined || gaps > MOST_GAPS_SHARE * frames)
    throw new UserError('AUDIO_DECODE_FAILED', `${path}: ${frames} frames of MPEG audio with ${gaps} gaps are no sound`)
  const told = readEncoderFrame(await readAt(file, start, 4096))
  const parts = runs.map((run) => ({
    ranges: run.stretches,
    channels: run.first.channels,
    trim: run === first && told !== null ? trimmerOf(run, told) : null,
    damaged: run.gaps,
  }))
  return {
    parts,
    warnings: [
      ...(told === null ? [] : wrongCounts(first, told, end - start)),
      ...(runs.at(-1)!.isCut ? ['The last frame is cut off'] : []),
    ],
  }
}
