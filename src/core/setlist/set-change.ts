/**
 * @file What was changed from one version of a set to the next, in words that follow "Took back: ".
 * Conventions: the first word is a past participle, as in a list of what was done.
 */
import { countText } from '../units/count-text.ts'
import { trimText } from '../units/trim-text.ts'
import type { KeptSet, SetPlace } from './kept-set.ts'

type Titled = (trackId: number) => string

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const idsOf = (places: readonly SetPlace[]): readonly number[] => places.map(({ trackId }) => trackId)

/** The one track whose move makes the second order of the first; null where there is none. */
const movedTrack = (before: readonly number[], after: readonly number[]): number | null => {
  if (before.length !== after.length) return null
  const first = before.findIndex((id, at) => id !== after[at])
  if (first < 0) return null
  for (const id of [before[first]!, after[first]!]) {
    const without = (order: readonly number[]): readonly number[] => order.filter((other) => other !== id)
    if (sameJson(without(before), without(after))) return id
  }
  return null
}

const orderText = (before: readonly number[], after: readonly number[], title: Titled): string => {
  const gone = before.filter((id) => !after.includes(id))
  const come = after.filter((id) => !before.includes(id))
  if (gone.length === 0 && come.length === 0) {
    const moved = movedTrack(before, after)
    return moved === null
      ? 'changed the order'
      : `moved ${title(moved)} from place ${before.indexOf(moved) + 1} to place ${after.indexOf(moved) + 1}`
  }
  if (gone.length === 0)
    return come.length === 1
      ? `added ${title(come[0]!)} at place ${after.indexOf(come[0]!) + 1}`
      : `added ${countText(come.length)}`
  if (come.length === 0) return gone.length === 1 ? `removed ${title(gone[0]!)}` : `removed ${countText(gone.length)}`
  return gone.length === 1 && come.length === 1 && before.indexOf(gone[0]!) === after.indexOf(come[0]!)
    ? `put ${title(come[0]!)} in the place of ${title(gone[0]!)}`
    : 'chose other tracks'
}

const detailText = (before: readonly SetPlace[], after: readonly SetPlace[], title: Titled): string | null => {
  const locks = after.flatMap(({ isLocked }, at) => (isLocked === before[at]!.isLocked ? [] : [at]))
  const styles = after.flatMap(({ style }, at) => (style === before[at]!.style ? [] : [at]))
  const trims = after.flatMap(({ trimDb }, at) => (trimDb === before[at]!.trimDb ? [] : [at]))
  if (trims.length > 0 && locks.length + styles.length > 0) return 'changed several things'
  if (trims.length > 1) return `changed the trim of ${countText(trims.length)}`
  if (trims.length === 1) {
    const { trimDb, trackId } = after[trims[0]!]!
    return `set the trim of ${title(trackId)} to ${trimText(trimDb)}`
  }
  if (locks.length === 1 && styles.length === 0) {
    const { isLocked, trackId } = after[locks[0]!]!
    return `${isLocked ? 'locked' : 'unlocked'} ${title(trackId)} at place ${locks[0]! + 1}`
  }
  if (styles.length === 1 && locks.length === 0) {
    const [at] = styles as [number]
    const { trackId, style } = after[at]!
    const next = after[at + 1]
    return next === undefined
      ? `changed how ${title(trackId)} ends`
      : `changed how ${title(trackId)} goes into ${title(next.trackId)}${style === null ? '' : ` (${style})`}`
  }
  if (locks.length + styles.length === 0) return null
  if (styles.length === 0) return `changed ${countText(locks.length, 'lock')}`
  return locks.length === 0 ? `changed ${countText(styles.length, 'transition')}` : 'changed locks and transitions'
}

/** @returns null where nothing differs */
export const changeText = (before: KeptSet, after: KeptSet): string | null => {
  const titles = new Map([...before.tracks, ...after.tracks].map(({ id, title }) => [id, title]))
  const title = (id: number): string => titles.get(id) ?? `track ${id}`
  const [from, to] = [idsOf(before.places), idsOf(after.places)]
  const parts = [
    before.name === after.name ? null : `renamed ${before.name} to ${after.name}`,
    sameJson(from, to) ? detailText(before.places, after.places, title) : orderText(from, to, title),
    sameJson(before.wish, after.wish) ? null : 'changed the wish',
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}
