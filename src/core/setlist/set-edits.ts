/**
 * @file Edits of the places of a set by hand.
 * Method: whatever happens to the order, a chosen way into the next track holds only as long as that track stays the next one.
 * Conventions: places from 0; an edit that changes nothing gives the same places back.
 */

import type { SetPlace } from './kept-set.ts'
import type { MixStyle } from './mix-styles.ts'

type Places = readonly SetPlace[]

const nextOf = (places: Places): ReadonlyMap<number, number | undefined> =>
  new Map(places.map(({ trackId }, at) => [trackId, places[at + 1]?.trackId]))

const withTrueStyles = (before: Places, after: Places): Places => {
  const next = nextOf(before)
  return after.map((place, at) =>
    place.style !== null && next.get(place.trackId) !== after[at + 1]?.trackId ? { ...place, style: null } : place,
  )
}

const within = (at: number, count: number): boolean => at >= 0 && at < count

/** Locked places keep their numbers: the track is locked to where it goes. */
export const movePlace = (places: Places, from: number, to: number): Places => {
  if (from === to || !within(from, places.length) || !within(to, places.length)) return places
  const moved = [...places]
  moved.splice(to, 0, ...moved.splice(from, 1))
  return withTrueStyles(places, moved)
}

export const removePlace = (places: Places, at: number): Places =>
  within(at, places.length) ? withTrueStyles(places, places.toSpliced(at, 1)) : places

/** A track that is there already is not added again. @param at of the new place, at most one after the last */
export const addPlace = (places: Places, at: number, trackId: number): Places =>
  places.some((place) => place.trackId === trackId)
    ? places
    : withTrueStyles(places, places.toSpliced(Math.max(0, Math.min(at, places.length)), 0, newPlace(trackId)))

export const replacePlace = (places: Places, at: number, trackId: number): Places =>
  !within(at, places.length) || places.some((place) => place.trackId === trackId)
    ? places
    : withTrueStyles(places, places.with(at, { ...newPlace(trackId), isLocked: places[at]!.isLocked }))

export const toggleLock = (places: Places, at: number): Places =>
  within(at, places.length) ? places.with(at, { ...places[at]!, isLocked: !places[at]!.isLocked }) : places

export const chooseStyle = (places: Places, at: number, style: MixStyle | null): Places =>
  within(at, places.length) ? places.with(at, { ...places[at]!, style }) : places

export const setTrim = (places: Places, at: number, trimDb: number): Places =>
  within(at, places.length) && places[at]!.trimDb !== trimDb ? places.with(at, { ...places[at]!, trimDb }) : places

export const newPlace = (trackId: number): SetPlace => ({ trackId, isLocked: false, style: null, trimDb: 0 })

/** @param order of another plan @returns its places, with what of the locks and chosen ways still holds */
export const placesInOrder = (before: Places, order: readonly number[]): Places => {
  const known = new Map(before.map((place) => [place.trackId, place]))
  return withTrueStyles(
    before,
    order.map((trackId) => known.get(trackId) ?? newPlace(trackId)),
  )
}
