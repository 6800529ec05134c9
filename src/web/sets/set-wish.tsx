import type { FormEvent, ReactElement } from 'react'
import { ENERGY_ARC_NAMES, type EnergyArcName } from '../../core/setlist/energy-arc.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { useListedPool } from '../library/use-listed-pool.ts'
import { changeWish, planAgain, useSet } from './set-state.ts'
import styles from './set-wish.module.css'
import { TrackField } from './track-field.tsx'

const ARCS: Readonly<Record<EnergyArcName, string>> = {
  'warm-up': 'Warm-up: calm to half way',
  peak: 'Peak: up to the top',
  closing: 'Closing: top to calm',
  wave: 'Wave: up and down',
  flat: 'Flat: all the same',
}
const TEMPO_STEPS = [1, 2, 3, 4, 6, 8, 0] as const
const ARTIST_GAPS = [0, 1, 2, 3, 5, 10] as const

/** What the set is to be. */
export const SetWish = (): ReactElement => {
  const wish = useSet((state) => state.wish)
  const hasPlan = useSet((state) => state.plan !== null)
  const isPlanning = useSet((state) => state.isPlanning)
  const { pool, tracks } = useListedPool()
  const plan = (event: FormEvent): void => {
    event.preventDefault()
    void planAgain(pool)
  }
  const another = (): void => {
    changeWish({ seed: wish.seed + 1 })
    void planAgain(pool)
  }
  return (
    <Panel title="What to play">
      <form className={styles.form} onSubmit={plan}>
        <label className={styles.field}>
          <span>Minutes</span>
          <input
            type="number"
            min={1}
            max={1440}
            required
            defaultValue={wish.minutes}
            onChange={({ target }) => target.validity.valid && changeWish({ minutes: target.valueAsNumber })}
          />
        </label>
        <label className={styles.field}>
          <span>Energy</span>
          <select value={wish.arc} onChange={({ target }) => changeWish({ arc: target.value as EnergyArcName })}>
            {ENERGY_ARC_NAMES.map((name) => (
              <option key={name} value={name}>
                {ARCS[name]}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          <span>Choose from</span>
          <select
            value={wish.isFiltered ? 'list' : 'all'}
            onChange={({ target }) => changeWish({ isFiltered: target.value === 'list' })}
          >
            <option value="all">the whole library</option>
            <option value="list">
              the library as filtered now{tracks === undefined ? '' : `: ${countText(tracks)}`}
            </option>
          </select>
        </label>
        <TrackField name="Opens with" track={wish.opening} onChoose={(opening) => changeWish({ opening })} />
        <TrackField name="Closes with" track={wish.closing} onChoose={(closing) => changeWish({ closing })} />
        <label className={styles.field}>
          <span>Tempo from track to track</span>
          <select value={wish.tempoStep} onChange={({ target }) => changeWish({ tempoStep: Number(target.value) })}>
            {TEMPO_STEPS.map((step) => (
              <option key={step} value={step}>
                {step === 0 ? 'any' : `within ${step} %`}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          <span>The same artist again</span>
          <select value={wish.artistGap} onChange={({ target }) => changeWish({ artistGap: Number(target.value) })}>
            {ARTIST_GAPS.map((gap) => (
              <option key={gap} value={gap}>
                {gap === 0 ? 'at once' : `after ${countText(gap, 'other track')}`}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={wish.noTwoVoices}
            onChange={({ target }) => changeWish({ noTwoVoices: target.checked })}
          />
          No voice over a voice
        </label>
        {wish.never.length > 0 && (
          <p className="quiet">
            Left out: {wish.never.map(({ title }) => title).join(', ')}{' '}
            <Button look="bare" onClick={() => changeWish({ never: [] })}>
              Allow all again
            </Button>
          </p>
        )}
        <div className={styles.actions}>
          <Button look="main" type="submit" disabled={isPlanning}>
            {isPlanning ? 'Planning…' : hasPlan ? 'Plan again' : 'Plan the set'}
          </Button>
          {hasPlan && (
            <Button disabled={isPlanning} onClick={another}>
              Another one
            </Button>
          )}
        </div>
      </form>
    </Panel>
  )
}
