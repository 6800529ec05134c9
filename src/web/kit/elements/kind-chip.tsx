import type { ReactElement } from 'react'
import { SECTION_KINDS, type SectionKind } from '../../../core/labels/section-kind.ts'
import styles from './kind-chip.module.css'

/** 1 to 7: the key of a kind wherever kinds are chosen. */
const keyOfKind = (kind: SectionKind): number => SECTION_KINDS.indexOf(kind) + 1

/** The word and the key of a kind on its colour: the colour is never the only sign. */
export const KindChip = ({ kind }: { readonly kind: SectionKind }): ReactElement => (
  <span className={styles.chip} data-kind={kind}>
    <span aria-hidden="true" className={styles.key}>
      {keyOfKind(kind)}
    </span>
    {kind}
  </span>
)
