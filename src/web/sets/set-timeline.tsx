import type { CSSProperties, ReactElement } from 'react'
import { SECTION_COLOURS } from '../../core/labels/section-kind.ts'
import { keyRelation } from '../../core/similarity/key-relation.ts'
import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { timeText } from '../kit/words/time-text.ts'
import { useOwnKinds } from '../queries/use-own-kinds.ts'
import type { ShownPlace, ShownSet } from './set-state.ts'
import styles from './set-timeline.module.css'
import { FEW_TICKS, rulerMinutes, timelineWidth } from './timeline-width.ts'

const share = (part: number, whole: number): string => `${(part / whole) * 100}%`

/** Every track in one of two lanes, as on two decks: its sections, and below them where it has a voice. */
const Block = ({
  place,
  lane,
  total,
  own,
}: {
  readonly place: ShownPlace
  readonly lane: number
  readonly total: number
  readonly own: ReturnType<typeof useOwnKinds>
}): ReactElement => {
  const ownOf = (id: number | null) => (id === null ? undefined : own.get(id))
  const words = place.sections.map(({ label, own_kind_id }) => ownOf(own_kind_id)?.name ?? label).join(', ')
  const { plays_from: from, plays_to: to, sections, voice } = place
  const length = Math.max(1e-6, to - from)
  const within = (start: number, end: number) => ({
    left: share(Math.max(0, start - from), length),
    width: share(Math.max(0, Math.min(end, to) - Math.max(start, from)), length),
  })
  const isPlayed = ([start, end]: readonly [number, number]): boolean => end > from && start < to
  return (
    <div
      className={styles.block}
      data-lane={lane}
      data-standing={place.standing}
      style={{ left: share(place.starts_at, total), width: share(length, total) }}
      title={`${place.title}: ${timeText(place.starts_at)}, ${words || 'no sections'}`}
    >
      {sections
        .filter(({ start_seconds, end_seconds }) => isPlayed([start_seconds, end_seconds]))
        .map(({ label, own_kind_id, start_seconds, end_seconds, is_label }) => (
          <span
            key={start_seconds}
            className={styles.section}
            data-label={is_label}
            style={{
              ...within(start_seconds, end_seconds),
              background: ownOf(own_kind_id)?.colour ?? SECTION_COLOURS[label],
            }}
          />
        ))}
      {voice?.filter(isPlayed).map((span) => (
        <span key={span[0]} className={styles.voice} style={within(...span)} />
      ))}
      <span className={styles.title}>{place.title}</span>
    </div>
  )
}

const Energy = ({
  places,
  total,
}: {
  readonly places: readonly ShownPlace[]
  readonly total: number
}): ReactElement => {
  const middle = ({ starts_at, plays_from, plays_to }: ShownPlace): number => starts_at + (plays_to - plays_from) / 2
  return (
    <svg className={styles.energy} viewBox={`0 0 ${total} 1`} preserveAspectRatio="none" aria-hidden="true">
      {places.map((place, at) => {
        const end = places[at + 1]?.starts_at ?? total
        return (
          <rect
            key={place.track_id}
            x={place.starts_at}
            width={Math.max(0, end - place.starts_at) * 0.94}
            y={1 - Math.max(0.01, place.energy)}
            height={Math.max(0.01, place.energy)}
          />
        )
      })}
      <polyline
        points={places.map((place) => `${middle(place)},${1 - place.wished}`).join(' ')}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

const clashes = (one: ShownPlace | undefined, other: ShownPlace): boolean =>
  Boolean(one?.track?.camelot && other.track?.camelot) &&
  keyRelation(one!.track!.camelot!, other.track!.camelot!) === 'other'

/** The whole set along its time. The list below says the same in words and figures. */
export const SetTimeline = ({ set: { places, minutes } }: { readonly set: ShownSet }): ReactElement => {
  const own = useOwnKinds()
  const total = Math.max(1, minutes * 60)
  const least = timelineWidth(
    places.map(({ starts_at }) => starts_at),
    total,
  )
  const ticks = rulerMinutes(minutes, least)
  // On paper the whole set is seen at once.
  const printedEach = Math.ceil(ticks.length / FEW_TICKS)
  const fit =
    places.reduce((sum, { energy, wished }) => sum + Math.abs(energy - wished), 0) / Math.max(1, places.length)
  const words = `${countText(places.length)} over ${countText(Math.round(minutes), 'minute')}; energy ${percentText(fit, 0)} off the wished arc on average`
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="The set along its time">
        <div
          className={styles.time}
          role="img"
          aria-label={words}
          style={{ '--least-width': `${least}px` } as CSSProperties}
        >
          <div className={styles.ruler}>
            {ticks.map((at, count) => (
              <span key={at} data-fine={count % printedEach > 0} style={{ left: share(at * 60, total) }}>
                {at} min
              </span>
            ))}
          </div>
          <div className={styles.lanes}>
            {places.map((place, at) => (
              <Block key={place.track_id} place={place} lane={at % 2} total={total} own={own} />
            ))}
          </div>
          <Energy places={places} total={total} />
          <div className={styles.path}>
            {places.map((place, at) => (
              <span
                key={place.track_id}
                data-clash={clashes(places[at - 1], place)}
                style={{ left: share(place.starts_at, total) }}
              >
                <b>{place.track?.camelot ?? '–'}</b>
                {place.track?.tempo_bpm?.toFixed(1) ?? '–'}
              </span>
            ))}
          </div>
        </div>
      </div>
      <figcaption className="quiet">
        Sections of the tracks on two decks, with a thin line where there is a voice. Below, the energy of each track
        with the wished arc as a line, then key and tempo; a key that clashes with the one before is underlined.
      </figcaption>
    </figure>
  )
}
