import type { ReactElement } from 'react'
import { keyInNotation } from '../../../core/library/key-notation.ts'
import { useDisplay } from '../words/display.ts'
import styles from './key-badge.module.css'

/** Degrees between neighbours on the wheel of twelve. */
const HUE_STEP = 30

/** A key stands in the person's notation, in a colour close to those of its neighbours; its name shows on demand. */
export const KeyBadge = ({
  camelot,
  name,
}: {
  readonly camelot: string | null
  readonly name: string | null
}): ReactElement => {
  const notation = useDisplay((state) => state.keyNotation)
  if (camelot === null)
    return (
      <span className="quiet" title="not analysed">
        –
      </span>
    )
  const hue = (Number.parseInt(camelot, 10) - 1) * HUE_STEP
  return (
    <span className={styles.key} style={{ borderColor: `hsl(${hue} 65% 55%)` }} title={name ?? camelot}>
      {keyInNotation(camelot, notation)}
    </span>
  )
}
