import { type FormEvent, type ReactElement, useEffect, useId, useState } from 'react'
import { parsePlace, placeText, spanText } from '../../core/labels/bar-text.ts'
import { MIN_LABEL_BEATS } from '../../core/labels/label-edit.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { useDesk, useDeskTools } from './desk-context.ts'
import { changeLabels } from './desk-edits.ts'
import { gridOf, selectedLabel } from './desk-store.ts'
import { paintEdit } from './label-edits.ts'
import { OwnKindButtons } from './own-kind-buttons.tsx'
import { PlaceField } from './place-field.tsx'
import styles from './plain-editor.module.css'

/** Labelling by numbers: a kind, two places, one button. */
export const PlainEditor = (): ReactElement => {
  const tools = useDeskTools()
  const { desk } = tools
  const id = useId()
  const kind = useDesk((state) => state.kind)
  const ownKindId = useDesk((state) => state.ownKindId)
  const selected = useDesk(selectedLabel)
  const tap = useDesk((state) => state.tap)
  const grid = useDesk(gridOf)
  /** What is typed; without it the fields show the label that is selected. */
  const [typed, setTyped] = useState<{ readonly start?: string; readonly end?: string }>({})
  useEffect(() => {
    setTyped({})
    if (selected !== null) desk.setState({ kind: selected.kind, ownKindId: selected.ownKindId })
  }, [desk, selected])
  const start = typed.start ?? placeText(grid, selected?.startBeat ?? 0)
  const end = typed.end ?? (selected === null ? '' : placeText(grid, selected.endBeat))
  const [startBeat, endBeat] = [parsePlace(grid, start), parsePlace(grid, end)]
  const isInTrack = startBeat !== null && endBeat !== null && startBeat >= 0 && endBeat <= grid.beatCount
  const isLongEnough = isInTrack && endBeat - startBeat >= MIN_LABEL_BEATS
  const add = (event: FormEvent): void => {
    event.preventDefault()
    if (!isLongEnough) return
    const span = { startBeat, endBeat }
    if (changeLabels(tools, paintEdit(span, kind, ownKindId), `${kind}, ${spanText(grid, span)}`))
      desk.setState({ selectedBeat: startBeat })
  }
  return (
    <form className={styles.editor} onSubmit={add}>
      <fieldset className={styles.kinds} aria-label="Kind of section">
        {SECTION_KINDS.map((one: SectionKind) => (
          <button
            key={one}
            type="button"
            className={styles.kind}
            aria-pressed={one === kind && ownKindId === undefined}
            data-tapping={(tap?.kind === one && tap.ownKindId === undefined) || undefined}
            onClick={() => desk.setState({ kind: one, ownKindId: undefined })}
          >
            <KindChip kind={one} />
          </button>
        ))}
      </fieldset>
      <OwnKindButtons />
      <div className={styles.numbers}>
        <label htmlFor={`${id}-start`}>Start</label>
        <PlaceField
          id={`${id}-start`}
          value={start}
          onChange={({ target }) => setTyped({ ...typed, start: target.value })}
        />
        <label htmlFor={`${id}-end`}>End</label>
        <PlaceField id={`${id}-end`} value={end} onChange={({ target }) => setTyped({ ...typed, end: target.value })} />
        <Button
          look="main"
          type="submit"
          disabled={!isLongEnough}
          title={isLongEnough ? '' : `From one place to another in the track, at least ${MIN_LABEL_BEATS} beats apart`}
        >
          Add Label
        </Button>
      </div>
    </form>
  )
}
