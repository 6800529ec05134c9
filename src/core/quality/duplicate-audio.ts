import type { Bpm, Seconds } from '../units/units.ts'
import { type OnsetPrint, onsetLikeness } from './onset-print.ts'
import type { QualityFlag } from './quality-flag.ts'

/** Facts of an analysed recording by which it is recognised in another encoding or at another gain. */
export type Recording = {
  readonly file: string
  /** Of a recording in the library. */
  readonly track?: { readonly trackId: number; readonly title: string }
  readonly durationSeconds: Seconds
  readonly tempoBpm: Bpm
  /** One value a bar, 0 to 1. */
  readonly energyCurve: readonly number[]
  /** Missing from analyses made before it was measured. */
  readonly onsets?: OnsetPrint | undefined
}

/**
 * Encoders pad by less than a tenth of a second; the tempo of a recording stayed equal to two parts in a million after
 * MP3 at 64 kbit/s.
 */
const SAME_SECONDS = 0.25
const SAME_TEMPO = 1e-4
/**
 * Mean difference of the curves: .004 to .015 after such an encoder (seven tracks of the public corpus), but .034 between a track and
 * itself one bar later. The key is not compared: such an encoder changed it for one of the seven.
 */
const SAME_ENERGY = 0.02
/**
 * Share of strokes that fall together: .91 and more after MP3, AAC and Opus at 64 to 128 kbit/s (four tracks of the public corpus and
 * three generated ones), .65 and less between generated takes whose off-beats lie 1 or 2 % of a beat apart.
 */
const SAME_ONSETS = 0.8
/** The other encoding may have put the first downbeat a bar earlier or later. */
const SHIFTS = [-1, 0, 1] as const

const energyDifference = (one: readonly number[], other: readonly number[]): number => {
  const atShift = (shift: number): number => {
    let [sum, count] = [0, 0]
    for (let bar = Math.max(0, -shift); bar < one.length && bar + shift < other.length; bar++) {
      sum += Math.abs(one[bar]! - other[bar + shift]!)
      count++
    }
    return count === 0 ? Number.POSITIVE_INFINITY : sum / count
  }
  return Math.min(...SHIFTS.map(atShift))
}

type Struck = Pick<Recording, 'onsets'>

/** Where too little is struck, or nobody looked, the rest has to do. */
export const isSameTake = (one: Struck, other: Struck): boolean =>
  (one.onsets && other.onsets ? (onsetLikeness(one.onsets, other.onsets) ?? 1) : 1) >= SAME_ONSETS

type Measured = Omit<Recording, 'file' | 'track'>

export const isSameRecording = (one: Measured, other: Measured): boolean =>
  Math.abs(one.durationSeconds - other.durationSeconds) <= SAME_SECONDS &&
  Math.abs(one.tempoBpm / other.tempoBpm - 1) <= SAME_TEMPO &&
  energyDifference(one.energyCurve, other.energyCurve) <= SAME_ENERGY &&
  isSameTake(one, other)

/** Value: how many other files hold the same recording. @param copies files with the same audio digest */
export const checkDuplicate = (
  recording: Recording,
  others: readonly Recording[],
  copies: readonly string[] = [],
): QualityFlag | null => {
  const same = others.filter((other) => isSameRecording(recording, other))
  const files = [...copies, ...same.map(({ file }) => file)]
  const tracks = same.flatMap(({ track }) => track ?? [])
  return files.length === 0
    ? null
    : {
        code: 'duplicate_audio',
        severity: 'notice',
        value: files.length,
        spans: [],
        files,
        ...(tracks.length > 0 ? { tracks } : {}),
      }
}
