import type { EarsCard } from '../tags/ears-card.ts'
import type { HeardWindows } from '../tags/heard-windows.ts'
import type { QualityFlag, TimeSpan } from './quality-flag.ts'

/** To be raised when these checks change: what older ones said is stale. */
export const HEARD_CONTENT_VERSION = 1

/** More likely than not. The public corpus has no speech for longer than 3 s by it, and no noise for longer than 1 s. */
const HEARD = 0.5
/** Sung words and crashes of cymbals are shorter. */
const LEAST_SECONDS = 5
/** The public corpus has up to a quarter of sounds that are no music (a long effect before it), a talk or a recording of rain all. */
const NOT_MUSIC_SHARE = 0.5

type IsSo = (row: number) => boolean

/** Stretches of windows that last for a while. */
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

/** Speech, noise, and what is no music at all; a network that has no such tags finds none. */
export const checkHeardContent = (heard: HeardWindows, { tags }: Pick<EarsCard, 'tags'>): readonly QualityFlag[] => {
  const isHeard = (name: string): IsSo => {
    const at = tags.findIndex((tag) => tag.name === name)
    return (row) => at >= 0 && heard.tags[row * tags.length + at]! >= HEARD
  }
  const [music, speech, noise, silence] = ['music', 'speech', 'noise', 'silence'].map(isHeard) as [
    IsSo,
    IsSo,
    IsSo,
    IsSo,
  ]
  const flags: QualityFlag[] = []
  for (const [code, isSo] of [
    ['speech', speech],
    ['noise', noise],
  ] as const) {
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
