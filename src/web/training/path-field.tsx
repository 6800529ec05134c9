import { type ReactElement, useId } from 'react'
import styles from './program-export.module.css'

type FieldProps = {
  readonly name: string
  readonly value: string
  readonly placeholder: string
  readonly onChange: (value: string) => void
}

/** A path of this machine, pasted or typed. */
export const PathField = ({ name, value, placeholder, onChange }: FieldProps): ReactElement => {
  const id = useId()
  return (
    <div className={styles.path}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
