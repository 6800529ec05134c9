import type { SectionKind } from '../labels/section-kind.ts'
import { squaredDistance } from '../similarity/standardised.ts'
import type { Teachable } from './teaching-order.ts'

/** A suggestion, and how it sounds: a standardised vector; null where that is not known. */
export type Candidate = Teachable & { readonly vector: Float64Array | null }

/** A label that there is. */
export type KnownLabel = { readonly kind: SectionKind; readonly vector: Float64Array | null }

/** So few labels say nothing of what a model is unsure of: what stands for most of the music comes first. */
const FIRST_LABELS = 8
/**
 * How much doubt, variety and need weigh, as powers: chosen among some twenty on other seeds than those of `npm run evaluate -- DIR --next`,
 * decision 0047.
 */
const [DOUBT, VARIETY, NEED] = [0.5, 0.5, 0.35] as const
/** What a part that is sure is still worth. */
const SURE_WORTH = 0.05
/** Each group of a track that comes before makes its next one worth less: many tracks teach more than one. */
const SAME_TRACK = 0.3
/** Parts of a track that are nearer to each other than this share of the usual distance are one form. */
const SAME_FORM = 0.5

/** What is settled at one press: suggestions of one kind in one track that sound alike. */
export type LabelGroup<One extends Candidate> = readonly One[]

const distanceOf = (one: Pick<Candidate, 'vector'>, other: Pick<Candidate, 'vector'>): number | null =>
  one.vector === null || other.vector === null ? null : Math.sqrt(squaredDistance(one.vector, other.vector))

/** The median of some pairs: enough to tell near from far. */
const usualDistance = (all: readonly Pick<Candidate, 'vector'>[]): number => {
  const distances = all.flatMap((one, at) => distanceOf(one, all[(7 * at + 3) % all.length]!) ?? [])
  const sorted = distances.filter((distance) => distance > 0).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 1
}

const groupForms = <One extends Candidate>(candidates: readonly One[], usual: number): readonly LabelGroup<One>[] => {
  const groups: One[][] = []
  for (const one of candidates) {
    const alike = groups.find(([first]) => {
      if (first!.trackId !== one.trackId || first!.kind !== one.kind) return false
      const distance = distanceOf(first!, one)
      return distance !== null && distance < SAME_FORM * usual
    })
    if (alike) alike.push(one)
    else groups.push([one])
  }
  return groups
}

const least = (values: readonly (number | null)[]): number | null =>
  values.reduce((best, value) => (value === null || (best !== null && best <= value) ? best : value), null)

/**
 * The order that teaches most for the fewest presses: how unsure the model is, how unlike it all is that is labelled or comes before, how
 * few labels of the kind there are, and how much of a form one press settles. On an empty library the most typical parts come first.
 */
export const nextToLabel = <One extends Candidate>(
  candidates: readonly One[],
  known: readonly KnownLabel[],
  count: number,
): readonly LabelGroup<One>[] => {
  const usual = usualDistance([...candidates, ...known])
  const groups = groupForms(candidates, usual)
  const open = new Set(groups)
  const kinds = new Map<SectionKind, number>()
  for (const { kind } of known) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  /** Groups of each track that were chosen before. */
  const tracks = new Map<number, number>()
  /** To the nearest label, or group that was chosen before. */
  const nearest = new Map(groups.map((group) => [group, least(known.map((label) => distanceOf(group[0]!, label)))]))
  const chosen: LabelGroup<One>[] = []
  /** How much nearer the rest of the music would be to something that is labelled. */
  const typical = (group: LabelGroup<One>): number =>
    [...open].reduce((sum, other) => {
      const now = nearest.get(other) ?? 2 * usual
      return sum + Math.max(0, now - (distanceOf(group[0]!, other[0]!) ?? now))
    }, 0)
  const worth = (group: LabelGroup<One>): number => {
    const [first] = group as [One, ...One[]]
    const away = nearest.get(group) ?? usual
    const doubt = (1 + SURE_WORTH - first.confidence) ** DOUBT
    const variety = (away / (away + usual)) ** VARIETY
    const need = (1 + (kinds.get(first.kind) ?? 0)) ** -NEED
    const forms = 1 + Math.log(group.length)
    return (doubt * variety * need * forms) / (1 + SAME_TRACK * (tracks.get(first.trackId) ?? 0))
  }
  while (chosen.length < count && open.size > 0) {
    const labels = known.length + chosen.reduce((sum, { length }) => sum + length, 0)
    const value = labels < FIRST_LABELS ? typical : worth
    const values = new Map([...open].map((group) => [group, value(group)]))
    const next = [...open].reduce((best, group) => (values.get(group)! > values.get(best)! ? group : best))
    open.delete(next)
    chosen.push(next)
    const { trackId } = next[0]!
    tracks.set(trackId, (tracks.get(trackId) ?? 0) + 1)
    kinds.set(next[0]!.kind, (kinds.get(next[0]!.kind) ?? 0) + next.length)
    for (const group of open) nearest.set(group, least([nearest.get(group)!, distanceOf(group[0]!, next[0]!)]))
  }
  return chosen
}
