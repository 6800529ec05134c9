import { HEARD_GROUPS, type HeardLevels, LARGEST_LOGIT } from '../features/heard-levels.ts'
import type { EarsCard } from './ears-card.ts'
import type { HeardWindows } from './heard-windows.ts'

const logitOf = (probability: number): number =>
  Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, Math.log(probability / (1 - probability))))

/** The levels that the features of sections take from what was heard; null where the network lacks one of the tags. */
export const groupLevels = (
  { tags: probabilities, count }: Pick<HeardWindows, 'tags' | 'count'>,
  { tags, mel }: Pick<EarsCard, 'tags' | 'mel'>,
): HeardLevels | null => {
  const places = new Map(tags.map(({ name }, at) => [name, at]))
  const groups = Object.values(HEARD_GROUPS).map((names) => names.map((name) => places.get(name) ?? -1))
  if (groups.some((members) => members.includes(-1))) return null
  const values = new Float32Array(count * groups.length)
  for (let window = 0; window < count; window++)
    groups.forEach((members, group) => {
      const sum = members.reduce((total, at) => total + logitOf(probabilities[window * tags.length + at]!), 0)
      values[window * groups.length + group] = sum / members.length
    })
  return { windowFrames: mel.hopFrames, values }
}
