import { type ReactElement, useState } from 'react'
import { MOST_TRIM_DB } from '../../core/setlist/kept-set.ts'
import { trimText } from '../../core/units/trim-text.ts'

type TrimFieldProps = {
  readonly title: string
  readonly trimDb: number
  /** What the measured loudness makes of it; null where that is not known, or told elsewhere. */
  readonly autoTrimDb: number | null
  readonly onChange: (trimDb: number) => void
}

/** How much louder or quieter a track is played than its measured loudness asks for; taken over when the field is left. */
export const TrimField = ({ title, trimDb, autoTrimDb, onChange }: TrimFieldProps): ReactElement => {
  const [text, setText] = useState<string | null>(null)
  const take = (): void => {
    setText(null)
    const typed = Number(text)
    if (text === null || text.trim() === '' || !Number.isFinite(typed)) return
    const wanted = Math.max(-MOST_TRIM_DB, Math.min(MOST_TRIM_DB, Math.round(typed * 10) / 10))
    if (wanted !== trimDb) onChange(wanted)
  }
  const byItself = autoTrimDb === null ? '' : ` on top of ${trimText(autoTrimDb)} by its loudness`
  return (
    <label data-zero={trimDb === 0} title={`Louder or quieter, in decibels${byItself}`}>
      <input
        type="number"
        min={-MOST_TRIM_DB}
        max={MOST_TRIM_DB}
        step={0.5}
        aria-label={`Trim of ${title} in decibels`}
        value={text ?? trimDb}
        onChange={({ target }) => setText(target.value)}
        onBlur={take}
        onKeyDown={({ key }) => key === 'Enter' && take()}
      />{' '}
      dB
    </label>
  )
}
