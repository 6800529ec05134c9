import type { ReactElement } from 'react'
import { textOnColour } from '../../../core/labels/own-kind.ts'
import styles from './kind-chip.module.css'

type OwnKindChipProps = {
  readonly kind: { readonly name: string; readonly colour: string; readonly key: string | null }
}

/** The word and the key of a kind of the person's own, on its colour. */
export const OwnKindChip = ({ kind: { name, colour, key } }: OwnKindChipProps): ReactElement => (
  <span className={styles.chip} style={{ background: colour, color: textOnColour(colour) }}>
    {key !== null && (
      <span aria-hidden="true" className={styles.key}>
        {key}
      </span>
    )}
    {name}
  </span>
)
