import { Popover } from '@base-ui/react/popover'
import { type ReactElement, useId } from 'react'
import { Button } from '../kit/elements/button.tsx'
import {
  changePlayback,
  MOST_PERCENT,
  STEP_PERCENT,
  setTempoPercent,
  tempoPercentText,
  usePlayback,
} from './playback.ts'
import styles from './tempo-control.module.css'

/** The fader reaches as far as on most players; more is typed. */
const FADER_PERCENT = 16

/** How fast it plays, with or without its key, and what comes at the end of a track. */
export const TempoControl = (): ReactElement => {
  const { tempoPercent, isKeyLocked, isGoingOn } = usePlayback()
  const id = useId()
  const text = tempoPercentText(tempoPercent)
  return (
    <Popover.Root>
      <Popover.Trigger render={<Button look="bare" aria-label={`Tempo ${text}`} title="Tempo, key lock, going on" />}>
        <span className="figures">{text}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} className={styles.positioner}>
          <Popover.Popup className={styles.popup} aria-label="Tempo">
            <div className={styles.line}>
              <label htmlFor={`${id}-number`}>Tempo</label>
              <input
                id={`${id}-number`}
                type="number"
                min={-MOST_PERCENT}
                max={MOST_PERCENT}
                step={STEP_PERCENT}
                value={tempoPercent}
                onChange={({ target }) => setTempoPercent(target.valueAsNumber)}
              />
              %
              <Button disabled={tempoPercent === 0} onClick={() => setTempoPercent(0)}>
                Reset
              </Button>
            </div>
            <input
              type="range"
              aria-label="Tempo in percent"
              aria-valuetext={text}
              min={-FADER_PERCENT}
              max={FADER_PERCENT}
              step={STEP_PERCENT}
              value={tempoPercent}
              onChange={({ target }) => setTempoPercent(target.valueAsNumber)}
            />
            <label>
              <input
                type="checkbox"
                checked={isKeyLocked}
                onChange={({ target }) => changePlayback({ isKeyLocked: target.checked })}
              />{' '}
              Key lock: the key stays at any tempo
            </label>
            <label>
              <input
                type="checkbox"
                checked={isGoingOn}
                onChange={({ target }) => changePlayback({ isGoingOn: target.checked })}
              />{' '}
              Continue with the next track at the end
            </label>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
