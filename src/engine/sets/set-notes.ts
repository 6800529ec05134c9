import { ALONE_BARS } from '../../core/setlist/mix-sides.ts'
import { tempoDifferencePercent } from '../../core/similarity/tempo-difference.ts'
import { countText } from '../../core/units/count-text.ts'
import type { PlanWish } from './plan.ts'
import { longerText } from './set-length.ts'
import { isInCorridor } from './set-pool.ts'
import type { SetNote, ShownPlace, ShownTransition } from './shown-set.ts'

const STANDING_WORDS = {
  gone: 'is not in the library any more',
  missing: 'cannot be played: its file is missing',
  'not analysed': 'is not analysed yet, so nothing is known of how it mixes',
} as const

/** Steps as the faders of players show them. */
const stepText = (percent: number): string => `${Math.abs(percent).toFixed(1)} % ${percent > 0 ? 'faster' : 'slower'}`

const placeNotes = (wish: PlanWish, places: readonly ShownPlace[], at: number): readonly string[] => {
  const { title, artist, standing, sections, track } = places[at]!
  const notes: string[] = []
  if (standing !== 'ok') notes.push(`${title} ${STANDING_WORDS[standing]}.`)
  if (standing === 'ok' && sections.length === 0)
    notes.push(`${title} has no sections: it is mixed by its first and last bars.`)
  if (track !== null && !isInCorridor(track.tempoBpm, wish.lowestBpm, wish.highestBpm))
    notes.push(`${title} is outside the tempi that were wished for.`)
  const sooner = places
    .slice(Math.max(0, at - wish.artistGap), at)
    .findLast((other) => artist !== null && other.artist === artist)
  if (sooner !== undefined) notes.push(`${artist} comes again too soon, with ${title}.`)
  return notes
}

const stepNotes = (
  wish: PlanWish,
  [one, other]: readonly [ShownPlace, ShownPlace],
  transition: ShownTransition | null,
): readonly string[] => {
  if (transition === null) return []
  const notes: string[] = []
  const [from, to] = [one.track?.tempoBpm, other.track?.tempoBpm]
  const percent = from && to ? tempoDifferencePercent(from, to) : 0
  const { mostRisePercent, mostFallPercent, leastBars } = wish
  if (
    (mostRisePercent !== null && percent > mostRisePercent) ||
    (mostFallPercent !== null && -percent > mostFallPercent)
  )
    notes.push(`${other.title} is ${stepText(percent)} than ${one.title}: a larger step than was wished for.`)
  if (transition.bars < leastBars)
    notes.push(
      `${one.title} goes into ${other.title} over ${countText(transition.bars, 'bar')}, not ${countText(leastBars, 'bar')}.`,
    )
  if (one.style !== null && one.style !== transition.style)
    notes.push(`${one.title} and ${other.title} no longer have sections for “${one.style}”.`)
  return notes
}

type Transitions = readonly (ShownTransition | null)[]

/** Only bars that a person has set leave less than a plan does. */
const aloneNotes = (
  { title }: ShownPlace,
  into: ShownTransition | null,
  out: ShownTransition | null,
): readonly string[] => {
  if (into === null || out === null) return []
  const beatsPerBar = (out.from.endBeat - out.from.startBeat) / out.bars
  const bars = (out.from.startBeat - into.to.endBeat) / beatsPerBar
  if (bars < 0) return [`${title} goes out before it has come in.`]
  return bars < ALONE_BARS ? [`${title} is heard alone for less than ${countText(ALONE_BARS, 'bar')}.`] : []
}

const placesNotes = (wish: PlanWish, places: readonly ShownPlace[], transitions: Transitions): readonly SetNote[] =>
  places.flatMap((place, at) => {
    const next = places[at + 1]
    return [
      ...placeNotes(wish, places, at),
      ...aloneNotes(place, transitions[at - 1] ?? null, transitions[at] ?? null),
      ...(next === undefined ? [] : stepNotes(wish, [place, next], transitions[at]!)),
    ].map((text) => ({ place: at, text }))
  })

type Noted = {
  readonly places: readonly ShownPlace[]
  readonly transitions: Transitions
  readonly minutes: number
}

/** Tracks are named by titles, since places change. */
export const setNotes = (wish: PlanWish, { places, transitions, minutes }: Noted): readonly SetNote[] => {
  const text = longerText(wish.minutes, minutes, places.length)
  return [...(text === null ? [] : [{ place: null, text }]), ...placesNotes(wish, places, transitions)]
}
