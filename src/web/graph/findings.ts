import { sureIslands } from '../../core/setlist/track-islands.ts'
import { countText } from '../../core/units/count-text.ts'
import type { GraphModel } from './graph-model.ts'

/** A group of tracks that is worth knowing. */
export type Finding = {
  readonly name: string
  /** As a headline: "These 14 tracks lead nowhere". */
  readonly title: string
  readonly ids: readonly number[]
  readonly isIsland?: true
}

/** Islands of this many tracks and more are worth a line of their own. */
const LEAST_ISLAND = 2
const MOST_ISLANDS = 12

const these = (count: number): string => (count === 1 ? 'this track' : `these ${count.toLocaleString('en-GB')} tracks`)
const whichDo = (count: number, several: string, one: string): string =>
  `T${these(count).slice(1)} ${count === 1 ? one : several}`

/** Dead ends, tracks that only open a set, and islands; empty ones are left out. */
export const findingsOf = ({ answer }: GraphModel): readonly Finding[] => {
  const { dead_ends: dead, unreached, islands, unsure } = answer
  if (dead === null || unreached === null || islands === null || unsure === null) return []
  const sure = sureIslands(islands, unsure)
  const isUnsure = new Set(unsure)
  const alone = sure.filter((ids) => ids.length < LEAST_ISLAND && !isUnsure.has(ids[0]!)).flat()
  const isAlone = new Set(alone)
  const closing = dead.filter((id) => !isAlone.has(id))
  const opening = unreached.filter((id) => !isAlone.has(id))
  const several = sure.filter(({ length }) => length >= LEAST_ISLAND)
  return [
    { name: 'dead ends', title: whichDo(closing.length, 'lead nowhere', 'leads nowhere'), ids: closing },
    { name: 'openers', title: `Nothing leads into ${these(opening.length)}`, ids: opening },
    { name: 'alone', title: whichDo(alone.length, 'mix with nothing', 'mixes with nothing'), ids: alone },
    // Where all are on one island there is none to speak of.
    ...(islands.length === 1 ? [] : several).slice(0, MOST_ISLANDS).map((ids, at) => ({
      name: `island ${at + 1}`,
      title: `Island ${at + 1}: ${countText(ids.length)}`,
      ids,
      isIsland: true as const,
    })),
    {
      name: 'unsure',
      title: `${countText(unsure.length)} not compared with every other one`,
      ids: unsure,
    },
  ].filter(({ ids }) => ids.length > 0)
}

/** @returns null where no group stands out */
export const idsOfFinding = (findings: readonly Finding[], name: string | null): ReadonlySet<number> | null => {
  const found = findings.find((finding) => finding.name === name)
  return found === undefined ? null : new Set(found.ids)
}
