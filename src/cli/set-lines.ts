import { clock } from '../core/units/clock.ts'
import { countText } from '../core/units/count-text.ts'
import { trimText } from '../core/units/trim-text.ts'
import type { SetRefusal } from '../engine/sets/set-pool.ts'
import type { ShownPlace, ShownSet } from '../engine/sets/shown-set.ts'
import { printable } from './printable.ts'
import { formatTable } from './table.ts'

const nameOf = ({ artist, title }: ShownPlace): string => printable(artist ? `${artist} – ${title}` : title)

export const scoreText = (score: number | null): string => (score === null ? 'not known' : score.toFixed(2))

/** A set for people: its tracks, how each leads into the next, and what is wrong with it. */
export const setLines = (set: ShownSet): readonly string[] => [
  `${set.id}  ${printable(set.name)}, version ${set.version}`,
  '',
  ...(set.places.length === 0
    ? [`No tracks yet. Plan it: algiers set replan ${set.id}`]
    : [
        ...formatTable(
          ['place', 'at', 'id', 'track', 'BPM', 'key', 'trim', 'locked'],
          set.places.map((place, at) => [
            at + 1,
            clock(place.startsAt),
            place.trackId,
            nameOf(place),
            place.track?.tempoBpm?.toFixed(1) ?? null,
            place.track?.camelot ?? null,
            place.trimDb === 0 ? null : trimText(place.trimDb),
            place.isLocked ? 'yes' : null,
          ]),
        ),
        '',
        ...set.transitions.map((one, at) =>
          one === null
            ? `${at + 1} → ${at + 2}  not known`
            : `${at + 1} → ${at + 2}  ${scoreText(one.score)}  ${printable(one.sentence)}`,
        ),
        '',
        `${countText(set.places.length)}, about ${countText(Math.round(set.minutes), 'minute')}; score ${scoreText(set.score)}${set.score === null ? '' : ' of 1'}`,
        ...set.notes.map(({ text }) => printable(text)),
      ]),
]

/** What a plan left out, and why. */
export const refusalLines = (refusals: readonly SetRefusal[]): readonly string[] =>
  refusals.map(({ title, reason }) => (title === null ? reason : `Left out: ${printable(title)}. ${reason}`))
