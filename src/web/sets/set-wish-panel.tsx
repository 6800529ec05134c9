import type { FormEvent, ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { LEAST_BARS } from '../../api/operations/set-wish.ts'
import { ENERGY_ARC_NAMES, ENERGY_ARCS, type EnergyArcName } from '../../core/setlist/energy-arc.ts'
import { MOST_SET_MINUTES } from '../../core/setlist/kept-set.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ArcEditor } from './arc-editor.tsx'
import { planSet } from './set-changes.ts'
import { changeWish, type NamedTrack, type ShownSet, titleOf, useSet } from './set-state.ts'
import styles from './set-wish-panel.module.css'
import { TrackField } from './track-field.tsx'
import { TrackList } from './track-list.tsx'
import { WishPool } from './wish-pool.tsx'
import { WishTempo } from './wish-tempo.tsx'

const ARCS: Readonly<Record<EnergyArcName, string>> = {
  'warm-up': 'Warm-up: calm to half way',
  peak: 'Peak: up to the top',
  closing: 'Closing: top to calm',
  wave: 'Wave: up and down',
  flat: 'Flat: all the same',
}
const DRAWN = 'drawn'
const ARTIST_GAPS = [0, 1, 2, 3, 5, 10] as const

/** The track at one end of the set. */
const EndField = ({ name, place }: { readonly name: string; readonly place: 1 | -1 }): ReactElement => {
  const { fixed } = useSet((state) => state.wish)
  const titles = useSet((state) => state.titles)
  const held = fixed.find((one) => one.place === place)
  const choose = (track: NamedTrack | null): void =>
    changeWish(
      {
        fixed: [
          ...fixed.filter((one) => one.place !== place),
          ...(track === null ? [] : [{ place, track_id: track.id }]),
        ],
      },
      track === null ? [] : [track],
    )
  return (
    <TrackField
      name={name}
      track={held ? { id: held.track_id, title: titleOf(titles, held.track_id) } : null}
      onChoose={choose}
    />
  )
}

/** What the set is to be. @param set the one that is open; none for a new one */
export const SetWishPanel = ({ set }: { readonly set: ShownSet | null }): ReactElement => {
  const wish = useSet((state) => state.wish)
  const isPlanning = useSet((state) => state.isPlanning)
  const wishShown = useSet((state) => state.wishShown)
  const navigate = useNavigate()
  const hasTracks = set !== null && set.places.length > 0
  const plan = (event: FormEvent): void => {
    event.preventDefault()
    if (!isPlanning) void planSet(set, navigate)
  }
  const another = (): void => {
    if (isPlanning) return
    changeWish({ seed: wish.seed + 1 })
    void planSet(set, navigate)
  }
  return (
    <Panel title="What to play">
      <form className={styles.form} onSubmit={plan}>
        <label className={styles.field}>
          <span>Minutes</span>
          <input
            key={wishShown}
            type="number"
            min={1}
            max={MOST_SET_MINUTES}
            required
            defaultValue={wish.minutes}
            onChange={({ target }) => target.validity.valid && changeWish({ minutes: target.valueAsNumber })}
          />
        </label>
        <label className={styles.field}>
          <span>Energy</span>
          <select
            value={typeof wish.arc === 'string' ? wish.arc : DRAWN}
            onChange={({ target }) => changeWish({ arc: target.value as EnergyArcName })}
          >
            {ENERGY_ARC_NAMES.map((name) => (
              <option key={name} value={name}>
                {ARCS[name]}
              </option>
            ))}
            {typeof wish.arc !== 'string' && <option value={DRAWN}>As drawn</option>}
          </select>
        </label>
        <ArcEditor
          arc={typeof wish.arc === 'string' ? ENERGY_ARCS[wish.arc] : wish.arc}
          onChange={(arc) => changeWish({ arc: [...arc] })}
        />
        <WishPool />
        <EndField name="Opens with" place={1} />
        <EndField name="Closes with" place={-1} />
        <TrackList
          name="Must be played"
          ids={wish.must_play}
          onChange={(must_play, named) => changeWish({ must_play: [...must_play] }, named)}
        />
        <TrackList
          name="Never play"
          ids={wish.never_play}
          onChange={(never_play, named) => changeWish({ never_play: [...never_play] }, named)}
        />
        <WishTempo key={`tempo ${wishShown}`} />
        <label className={styles.field}>
          <span>The same artist again</span>
          <select value={wish.artist_gap} onChange={({ target }) => changeWish({ artist_gap: Number(target.value) })}>
            {[...new Set([...ARTIST_GAPS, wish.artist_gap])].map((gap) => (
              <option key={gap} value={gap}>
                {gap === 0 ? 'at once' : `after ${countText(gap, 'other track')}`}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          <span>Transitions</span>
          <select
            value={wish.min_bars}
            onChange={({ target }) => changeWish({ min_bars: Number(target.value) as (typeof LEAST_BARS)[number] })}
          >
            {LEAST_BARS.map((bars) => (
              <option key={bars} value={bars}>
                {bars === 1 ? 'of any length' : `of ${bars} bars or more`}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={wish.no_two_voices}
            onChange={({ target }) => changeWish({ no_two_voices: target.checked })}
          />
          No voice over a voice
        </label>
        <div className={styles.actions}>
          {/* Not switched off while it plans: the focus stays on it. */}
          <Button look="main" type="submit" aria-disabled={isPlanning}>
            {isPlanning ? 'Planning…' : hasTracks ? 'Plan again' : 'Plan the set'}
          </Button>
          {hasTracks && (
            <Button aria-disabled={isPlanning} onClick={another}>
              Another one
            </Button>
          )}
        </div>
      </form>
    </Panel>
  )
}
