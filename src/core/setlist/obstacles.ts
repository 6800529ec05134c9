/**
 * @file Why a track cannot follow another.
 * Conventions: in a row of scores an obstacle is a negative number, so that a search sees at once that it may not go there.
 */
import { countText } from '../units/count-text.ts'
import type { OrderProblem } from './order-problem.ts'

const OBSTACLES = ['the same track', 'tempo', 'voices', 'bars', 'nothing known'] as const
export type Obstacle = (typeof OBSTACLES)[number]

export const scoreOfObstacle = (obstacle: Obstacle): number => -1 - OBSTACLES.indexOf(obstacle)
/** @returns null where there is none */
export const obstacleOf = (score: number): Obstacle | null => (score < 0 ? OBSTACLES[-1 - score]! : null)

export type NamedProblem = OrderProblem & {
  readonly titles: readonly string[]
  readonly artistNames: readonly (string | null)[]
  /** Of each track, the most bars that it can be left over. */
  readonly outBars: readonly number[]
  readonly leastBars: number
}

const MOST_NAMED = 5
/** Each track needs a row of the table: of more tracks only the order that was found is looked at. */
const MOST_EXAMINED = 400

const namesText = (titles: readonly string[]): string => {
  const shown = titles.slice(0, MOST_NAMED)
  const more = titles.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

/** A number of tracks as a sentence says it: "one track has", "three tracks have". */
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const haveText = (count: number): string =>
  count === 1 ? 'one track has' : `${WORDS[count] ?? count.toLocaleString('en')} tracks have`

type InTheWay = { readonly obstacle: Obstacle; readonly isOfNear: boolean }

/**
 * What keeps a track from all others: from most of those that are near enough in tempo, where there are some; null where it is kept from
 * none.
 */
const mainObstacle = (scores: Float64Array): InTheWay | null => {
  const counts = new Map<Obstacle, number>()
  for (const score of scores) {
    const obstacle = obstacleOf(score)
    if (obstacle === null) return null
    if (obstacle !== 'the same track') counts.set(obstacle, (counts.get(obstacle) ?? 0) + 1)
  }
  const someAreFar = counts.delete('tempo')
  const [main] = [...counts].toSorted((a, b) => b[1] - a[1])
  return main === undefined ? { obstacle: 'tempo', isOfNear: false } : { obstacle: main[0], isOfNear: someAreFar }
}

const lackText = ({ obstacle, isOfNear }: InTheWay, leastBars: number, outBars: number): string => {
  if (obstacle === 'tempo') return 'no other one near enough in tempo'
  if (obstacle === 'voices') return 'a voice in every way out'
  if (obstacle === 'nothing known') return 'nothing known to mix them by'
  const bars = countText(leastBars, 'bar')
  return outBars < leastBars
    ? `no outro of ${bars}`
    : `no other one${isOfNear ? ' near enough in tempo' : ''} with an intro of ${bars}`
}

/** Tracks that lead nowhere, grouped by what is in the way; the last track of a set may be one of them. */
const deadEndsText = ({ count, edgesFrom, titles, leastBars, outBars }: NamedProblem): string | null => {
  if (count > MOST_EXAMINED) return null
  const groups = new Map<string, string[]>()
  let dead = 0
  for (let track = 0; track < count; track++) {
    const inTheWay = mainObstacle(edgesFrom(track))
    if (inTheWay === null) continue
    dead++
    const lack = lackText(inTheWay, leastBars, outBars[track]!)
    groups.set(lack, [...(groups.get(lack) ?? []), titles[track]!])
  }
  if (dead < 2) return null
  const told = [...groups].map(([lack, names]) => `${haveText(names.length)} ${lack} (${namesText(names)})`)
  return `No path: ${told.join('; ')}.`
}

const stepText = (obstacle: Obstacle, [one, other]: readonly [string, string], leastBars: number): string => {
  if (obstacle === 'tempo') return `the step of the tempo from ${one} to ${other} is too large`
  if (obstacle === 'voices') return `two voices would sound at once from ${one} to ${other}`
  return obstacle === 'bars'
    ? `${one} and ${other} have no ${countText(leastBars, 'bar')} to lie over each other`
    : `nothing is known by which to mix ${one} into ${other}`
}

const tooSoonText = (order: Int32Array, { artists, artistDistance, artistNames }: NamedProblem): string | null => {
  for (const [place, track] of order.entries())
    for (let before = Math.max(0, place - artistDistance + 1); before < place; before++)
      if (artists[track]! >= 0 && artists[order[before]!] === artists[track])
        return `${artistNames[track]} would come again too soon`
  return null
}

/** Only windows that a person has set lie so. */
const tooEarlyTexts = (order: Int32Array, { passes, titles }: NamedProblem): readonly string[] =>
  [...order].slice(2).flatMap((next, at) => {
    const [before, via] = [order[at]!, order[at + 1]!]
    return !passes || passes(before, via, next)
      ? []
      : [`${titles[via]} would go out into ${titles[next]} before it has come in, by the bars that you set`]
  })

/** What keeps even the best order that was found from being a set. */
export const whyImpossible = (problem: NamedProblem, order: Int32Array): string => {
  const dead = deadEndsText(problem)
  if (dead !== null) return dead
  const { edgesFrom, titles, leastBars } = problem
  const steps = [...order].slice(1).flatMap((track, at) => {
    const obstacle = obstacleOf(edgesFrom(order[at]!)[track]!)
    return obstacle === null ? [] : [stepText(obstacle, [titles[order[at]!]!, titles[track]!], leastBars)]
  })
  const told = [
    ...steps.slice(0, MOST_NAMED),
    ...tooEarlyTexts(order, problem).slice(0, MOST_NAMED),
    tooSoonText(order, problem),
  ].filter((text) => text !== null)
  return `Even in the best order ${told.join('; ')}.`
}
