import type { ReactElement } from 'react'
import { MIX_CURVES, type MixCurve, type MixMove, MOST_NUDGE_MS } from '../../core/mixing/mix-move.ts'
import type { MixedTrack } from '../../core/mixing/plan-mix.ts'
import styles from './audition.module.css'
import { type BarMove, barsOfMove, changedMove } from './move-bars.ts'

const CURVES: Readonly<Record<MixCurve, string>> = {
  blend: 'Blend: both faders',
  'bass swap': 'Blend with a bass swap',
  cut: 'Cut at the end',
}
const NUDGE_STEP_MS = 5

type NumberFieldProps = {
  readonly name: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
}

const NumberField = ({ name, value, min, max, step = 1, onChange }: NumberFieldProps): ReactElement => (
  <label className={styles.field}>
    <span>{name}</span>
    <input
      type="number"
      min={min}
      max={max}
      step={step}
      required
      value={value}
      onChange={({ target }) => Number.isFinite(target.valueAsNumber) && onChange(target.valueAsNumber)}
    />
  </label>
)

type MoveFieldsProps = {
  readonly pair: readonly [MixedTrack, MixedTrack]
  readonly move: MixMove
  readonly ratio: number
  readonly onChange: (move: MixMove) => void
}

/** Over which bars the one goes into the other, and how. */
export const MoveFields = ({ pair, move, ratio, onChange }: MoveFieldsProps): ReactElement => {
  const metres = [pair[0].grid, pair[1].grid] as const
  const bars = barsOfMove(move, metres, ratio)
  const change = (part: Partial<BarMove>): void => onChange(changedMove(move, part, metres, ratio))
  const lastBar = (deck: 0 | 1): number => Math.ceil(pair[deck].grid.beatCount / pair[deck].grid.beatsPerBar)
  const bend = (curve: MixCurve): void =>
    onChange({
      ...move,
      curve,
      bassSwapBeat: curve === 'bass swap' ? (move.bassSwapBeat ?? Math.round(move.beats / 2)) : null,
    })
  return (
    <div className={styles.fields}>
      <NumberField
        name={`${pair[0].title} goes out from bar`}
        value={bars.fromBar}
        min={1}
        max={lastBar(0)}
        onChange={(fromBar) => change({ fromBar })}
      />
      <NumberField
        name={`${pair[1].title} comes in at its bar`}
        value={bars.toBar}
        min={1}
        max={lastBar(1)}
        onChange={(toBar) => change({ toBar })}
      />
      <NumberField
        name="Bars together"
        value={bars.bars}
        min={1}
        max={128}
        onChange={(count) => change({ bars: count })}
      />
      <label className={styles.field}>
        <span>How</span>
        <select value={move.curve} onChange={({ target }) => bend(target.value as MixCurve)}>
          {MIX_CURVES.map((curve) => (
            <option key={curve} value={curve}>
              {CURVES[curve]}
            </option>
          ))}
        </select>
      </label>
      {bars.swapBar !== null && (
        <NumberField
          name={`Swap the bass at bar, of ${pair[1].title}`}
          value={bars.swapBar}
          min={bars.toBar}
          max={Math.ceil(bars.toBar + bars.bars * ratio)}
          onChange={(swapBar) => change({ swapBar })}
        />
      )}
      <NumberField
        name={`${pair[1].title} later by milliseconds`}
        value={move.nudgeMs}
        min={-MOST_NUDGE_MS}
        max={MOST_NUDGE_MS}
        step={NUDGE_STEP_MS}
        onChange={(nudgeMs) => onChange({ ...move, nudgeMs })}
      />
    </div>
  )
}
