import type { EarsCard } from '../tags/ears-card.ts'
import type { HeardWindows } from '../tags/heard-windows.ts'
import type { QualityFlag, TimeSpan } from './quality-flag.ts'

/** Raise it when these checks change: the flags of older ones are then stale. */
export const HEARD_CONTENT_VERSION = 2

/** More likely than not. */
const HEARD = 0.5
/**
 * Generated noise reaches .93 throughout. Quiet pads, reverb, risers and speech-like voices of the public corpus stay
 * above this for 6 s at most.
 */
const SURE = 0.8
const LEAST_SECONDS = 7
/** Up to a quarter of a track of the public corpus is not music (a long effect before it); all of a talk or a recording of rain is not. */
const NOT_MUSIC_SHARE = 0.5

type IsSo = (row: number) => boolean

/** Stretches of windows that last at least `LEAST_SECONDS`. */
const stretchesOf = ({ count, seconds }: HeardWindows, isSo: IsSo): readonly TimeSpan[] => {
  const spans: TimeSpan[] = []
  for (let row = 0; row < count; row++) {
    if (!isSo(row)) continue
    const first = row
    while (row + 1 < count && isSo(row + 1)) row++
    const span = { startSeconds: first * seconds, endSeconds: (row + 1) * seconds }
    if (span.endSeconds - span.startSeconds >= LEAST_SECONDS) spans.push(span)
  }
  return spans
}

const lengthOf = (spans: readonly TimeSpan[]): number =>
  Math.round(spans.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0))

/** Flags speech, noise and recordings that are not music; a network without such tags finds none. */
export const checkHeardContent = (heard: HeardWindows, { tags }: Pick<EarsCard, 'tags'>): readonly QualityFlag[] => {
  const reaches = (name: string, probability: number): IsSo => {
    const at = tags.findIndex((tag) => tag.name === name)
    return (row) => at >= 0 && heard.tags[row * tags.length + at]! >= probability
  }
  const music = reaches('music', HEARD)
  const silence = reaches('silence', HEARD)
  const flags: QualityFlag[] = []
  for (const code of ['speech', 'noise'] as const) {
    const isSo = reaches(code, SURE)
    const spans = stretchesOf(heard, (row) => isSo(row) && !music(row))
    if (spans.length > 0) flags.push({ code, severity: 'notice', value: lengthOf(spans), spans })
  }
  if (!tags.some(({ name }) => name === 'music')) return flags
  const rows = Array.from({ length: heard.count }, (_, row) => row).filter((row) => !silence(row))
  const share = rows.filter((row) => !music(row)).length / rows.length
  if (share >= NOT_MUSIC_SHARE) {
    const spans = stretchesOf(heard, (row) => !music(row) && !silence(row))
    flags.push({ code: 'not_music', severity: 'warning', value: Math.round(share * 100) / 100, spans })
  }
  return flags
}
