import type { ReactElement } from 'react'
import { changeWish, useSet } from './set-state.ts'
import styles from './set-wish-panel.module.css'

const TEMPO_STEPS = [0, 1, 2, 3, 4, 6, 8] as const

type End = 'min_bpm' | 'max_bpm'
type Step = 'max_tempo_rise_percent' | 'max_tempo_fall_percent'

const BpmField = ({ name, end }: { readonly name: string; readonly end: End }): ReactElement => {
  const value = useSet((state) => state.wish[end])
  return (
    <input
      type="number"
      aria-label={name}
      placeholder="any"
      min={20}
      max={400}
      step="any"
      defaultValue={value ?? ''}
      onChange={({ target }) =>
        target.validity.valid && changeWish({ [end]: target.value === '' ? null : target.valueAsNumber })
      }
    />
  )
}

const StepField = ({
  name,
  step,
  still,
}: {
  readonly name: string
  readonly step: Step
  readonly still: string
}): ReactElement => {
  const value = useSet((state) => state.wish[step])
  return (
    <label className={styles.field}>
      <span>{name}</span>
      <select
        value={value ?? 'any'}
        onChange={({ target }) => changeWish({ [step]: target.value === 'any' ? null : Number(target.value) })}
      >
        {[...new Set([...TEMPO_STEPS, ...(value === null ? [] : [value])])].map((percent) => (
          <option key={percent} value={percent}>
            {percent === 0 ? still : `at most ${percent} % a step`}
          </option>
        ))}
        <option value="any">as it likes</option>
      </select>
    </label>
  )
}

/** Between which tempi the set stays, and how it may climb and fall. */
export const WishTempo = (): ReactElement => (
  <>
    <div className={styles.field}>
      <span>Tempo in BPM</span>
      <span className={styles.pair}>
        <BpmField name="Slowest tempo in BPM" end="min_bpm" />
        <span aria-hidden="true">–</span>
        <BpmField name="Fastest tempo in BPM" end="max_bpm" />
      </span>
    </div>
    <StepField name="The tempo climbs" step="max_tempo_rise_percent" still="never" />
    <StepField name="The tempo falls" step="max_tempo_fall_percent" still="never" />
  </>
)
