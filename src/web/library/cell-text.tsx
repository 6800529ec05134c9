import { type ReactElement, useRef, useState } from 'react'
import styles from './note-cells.module.css'

type CellTextProps = {
  readonly name: string
  /** What is edited. */
  readonly text: string
  /** What stands there; null for nothing. */
  readonly shown: string | null
  /** What stands there is the file's: shown, and left as it is. */
  readonly isOfFile?: boolean
  readonly onChange: (text: string) => void
}

/** A text that is edited in its cell: Enter or leaving it keeps it, Escape leaves it as it was. */
export const CellText = ({ name, text, shown, isOfFile = false, onChange }: CellTextProps): ReactElement => {
  const [isEditing, setEditing] = useState(false)
  const isLeft = useRef(false)
  const leave = (field: HTMLInputElement, isKept: boolean): void => {
    if (isLeft.current) return
    isLeft.current = true
    setEditing(false)
    if (isKept && field.value.trim() !== text) onChange(field.value)
  }
  if (isEditing)
    return (
      <input
        ref={(field) => field?.focus()}
        className={styles.field}
        aria-label={name}
        defaultValue={text}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={({ currentTarget }) => leave(currentTarget, true)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          const table = event.currentTarget.closest<HTMLElement>('[role=grid]')
          leave(event.currentTarget, event.key === 'Enter')
          table?.focus({ preventScroll: true })
        }}
      />
    )
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.text}
      data-of={isOfFile ? 'file' : 'person'}
      data-empty={shown === null || undefined}
      title={isOfFile ? `${shown} (in the file; click to write your own)` : (shown ?? `${name}: click to write`)}
      aria-label={`${name}: ${shown ?? 'none'}${isOfFile ? ', in the file' : ''}`}
      onMouseDown={(event) => event.preventDefault()}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation()
        isLeft.current = false
        setEditing(true)
      }}
    >
      {shown ?? '+'}
    </button>
  )
}
