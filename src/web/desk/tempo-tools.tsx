import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { isConstantTempo } from '../../core/beats/beat-grid.ts'
import { Button } from '../kit/elements/button.tsx'
import { runMetronome, toggleMetronome, useMetronome } from '../player/metronome.ts'
import { position } from '../player/player.ts'
import { perform } from './desk-actions.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { editGrid } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import styles from './tempo-tools.module.css'

/** The tempo by hand: typed or tapped, and checked by ear with a click on every beat. */
export const TempoTools = (): ReactElement => {
  const tools = useDeskTools()
  const { desk } = tools
  const grid = useDesk(gridOf)
  const tapped = useDesk((state) => state.tappedBpm)
  const { isOn } = useMetronome()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  useEffect(() => runMetronome(() => gridOf(desk.getState())), [desk])
  useEffect(() => {
    if (tapped !== null) setTyped(tapped.toFixed(1))
  }, [tapped])
  const now = isConstantTempo(grid) ? grid.anchors[0]!.bpm.toFixed(2) : ''
  const text = typed ?? now
  const bpm = Number(text.trim().replace(',', '.'))
  const isOther = text.trim() !== '' && Number.isFinite(bpm) && text !== now
  const set = (event: FormEvent): void => {
    event.preventDefault()
    if (!isOther) return
    editGrid(tools, { kind: 'tempo', bpm, seconds: position() })
    setTyped(null)
    desk.setState({ tappedBpm: null })
  }
  return (
    <form ref={form} className={styles.tempo} onSubmit={set}>
      <label>
        BPM{' '}
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          placeholder="varies"
          title="The beat nearest to the playhead stays where it is"
          value={text}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={({ relatedTarget }) => !form.current!.contains(relatedTarget) && setTyped(tapped?.toFixed(1) ?? null)}
        />
      </label>
      <Button type="submit" disabled={!isOther}>
        Set tempo
      </Button>
      <Button title="T — four times or more, with the music" onClick={() => perform(tools, 'tap tempo')}>
        Tap
      </Button>
      <Button aria-pressed={isOn} title="C — a click on every beat while the track plays" onClick={toggleMetronome}>
        Click
      </Button>
    </form>
  )
}
