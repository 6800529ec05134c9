import { type ReactElement, useId, useState } from 'react'
import type { Settings } from '../queries/use-settings.ts'
import styles from './setting-rows.module.css'

/** The settings that are numbers. */
export type NumberSetting = {
  readonly [Name in keyof Settings]: Settings[Name] extends number ? Name : never
}[keyof Settings]

export type NumberRowProps = {
  readonly words: string
  readonly unit: string
  readonly step: number
  /** As people count it. */
  readonly value: number
  /** @returns what the server says against it, null once it is kept */
  readonly onChange: (value: number) => Promise<string | null>
}

/** A number that is kept as soon as the field is left; what is refused stays to be corrected, beside the reason. */
export const NumberRow = ({ words, unit, step, value, onChange }: NumberRowProps): ReactElement => {
  const noteId = useId()
  const [refusal, setRefusal] = useState<string | null>(null)
  const keep = async (typed: string): Promise<void> => {
    if (typed.trim() === '') setRefusal('A number is needed here.')
    else if (Number(typed) === value) setRefusal(null)
    else setRefusal(await onChange(Number(typed)))
  }
  return (
    <div>
      <label className={styles.number}>
        <span>{words}</span>
        <span>
          <input
            key={value}
            type="number"
            step={step}
            defaultValue={value}
            aria-invalid={refusal !== null}
            aria-describedby={refusal === null ? undefined : noteId}
            onBlur={({ target }) => void keep(target.value)}
            onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
          />{' '}
          {unit}
        </span>
      </label>
      {refusal !== null && (
        <p id={noteId} role="alert" className={styles.refusal}>
          {refusal} It is still {value}
          {unit && ` ${unit}`}.
        </p>
      )}
    </div>
  )
}
