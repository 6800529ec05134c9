import { HEARD_GROUPS, type HeardLevels, LARGEST_LOGIT } from '../features/heard-levels.ts'
import type { EarsCard } from './ears-card.ts'
import type { HeardWindows } from './heard-windows.ts'

const logitOf = (probability: number): number =>
  Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, Math.log(probability / (1 - probability))))

const [FAST, SLOW] = ['fast', 'slow']
const [ROCK, ELECTRONIC] = ['heard rock', 'heard electronic'].map((name) => Object.keys(HEARD_GROUPS).indexOf(name))

/** The levels that the features of sections take from what was heard, and the pace; null where the network lacks one of the tags. */
export const groupLevels = (
  { tags: probabilities, count }: Pick<HeardWindows, 'tags' | 'count'>,
  { tags, mel }: Pick<EarsCard, 'tags' | 'mel'>,
): HeardLevels | null => {
  const places = new Map(tags.map(({ name }, at) => [name, at]))
  const groups = Object.values(HEARD_GROUPS).map((names) => names.map((name) => places.get(name) ?? -1))
  const [fast, slow] = [places.get(FAST), places.get(SLOW)]
  if (groups.some((members) => members.includes(-1)) || fast === undefined || slow === undefined) return null
  const logitAt = (window: number, tag: number): number => logitOf(probabilities[window * tags.length + tag]!)
  const values = new Float32Array(count * groups.length)
  for (let window = 0; window < count; window++)
    groups.forEach((members, group) => {
      const sum = members.reduce((total, at) => total + logitAt(window, at), 0)
      values[window * groups.length + group] = sum / members.length
    })
  const mean = (of: (window: number) => number): number =>
    Array.from({ length: count }, (_, window) => of(window)).reduce((sum, value) => sum + value, 0) / count
  const level = (window: number, group: number): number => values[window * groups.length + group]!
  const pace = {
    fast: mean((window) => logitAt(window, fast) - logitAt(window, slow)),
    electronic: mean((window) => level(window, ELECTRONIC!) - level(window, ROCK!)),
  }
  return { windowFrames: mel.hopFrames, values, pace: count > 0 ? pace : null }
}
