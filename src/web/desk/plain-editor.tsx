import { type FormEvent, type ReactElement, useEffect, useState } from 'react'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { useDesk, useDeskTools } from './desk-context.ts'
import { changeLabels } from './desk-edits.ts'
import { selectedLabel } from './desk-store.ts'
import { paintEdit } from './label-edits.ts'
import styles from './plain-editor.module.css'

/** Labelling by numbers: a kind, two beats, one button. */
export const PlainEditor = (): ReactElement => {
  const tools = useDeskTools()
  const { desk } = tools
  const kind = useDesk((state) => state.kind)
  const selected = useDesk(selectedLabel)
  const tap = useDesk((state) => state.tap)
  const lastBeat = useDesk((state) => state.grid.beatCount)
  const [start, setStart] = useState('0')
  const [end, setEnd] = useState('')
  useEffect(() => {
    if (selected === null) return
    setStart(String(selected.startBeat))
    setEnd(String(selected.endBeat))
    desk.setState({ kind: selected.kind })
  }, [desk, selected])
  const add = (event: FormEvent): void => {
    event.preventDefault()
    const span = { startBeat: Number(start), endBeat: Number(end) }
    if (changeLabels(tools, paintEdit(span, kind), `${kind}, beats ${start} to ${end}.`))
      desk.setState({ selectedBeat: span.startBeat })
  }
  const isLongEnough = end !== '' && Number(end) - Number(start) >= 4
  return (
    <form className={styles.editor} onSubmit={add}>
      <fieldset className={styles.kinds} aria-label="Kind of section">
        {SECTION_KINDS.map((one: SectionKind) => (
          <button
            key={one}
            type="button"
            className={styles.kind}
            aria-pressed={one === kind}
            data-tapping={tap?.kind === one || undefined}
            onClick={() => desk.setState({ kind: one })}
          >
            <KindChip kind={one} />
          </button>
        ))}
      </fieldset>
      <div className={styles.numbers}>
        <label>
          Start Beat{' '}
          <input type="number" min={0} max={lastBeat} value={start} onChange={({ target }) => setStart(target.value)} />
        </label>
        <label>
          End Beat{' '}
          <input type="number" min={0} max={lastBeat} value={end} onChange={({ target }) => setEnd(target.value)} />
        </label>
        <Button
          look="main"
          type="submit"
          disabled={!isLongEnough}
          title={isLongEnough ? '' : 'A section has at least 4 beats'}
        >
          Add Label
        </Button>
      </div>
    </form>
  )
}
