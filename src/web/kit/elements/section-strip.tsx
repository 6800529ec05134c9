import type { ReactElement } from 'react'
import { SECTION_COLOURS, type SectionKind } from '../../../core/labels/section-kind.ts'
import styles from './section-strip.module.css'

const WIDTH = 1000

type Part = {
  readonly label: SectionKind
  /** Both ends are shares of the track. */
  readonly start: number
  readonly end: number
  readonly is_label: boolean
}

/** The sections of a track in miniature: labels are solid, a model's sections lower and fainter, and screen readers get words. */
export const SectionStrip = ({ strip }: { readonly strip: readonly Part[] | null }): ReactElement => {
  if (strip === null)
    return (
      <span className="quiet" title="No sections: not labelled, and no model has read it">
        –
      </span>
    )
  const words = strip.map(({ label, is_label }) => (is_label ? label : `${label}?`)).join(', ')
  return (
    <svg className={styles.strip} viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" role="img" aria-label={words}>
      <title>{words}</title>
      {strip.map(({ label, start, end, is_label }) => (
        <rect
          key={start}
          x={start * WIDTH}
          width={Math.max(0, (end - start) * WIDTH - 2)}
          y={is_label ? 0 : 2}
          height={is_label ? 10 : 6}
          fill={SECTION_COLOURS[label]}
          opacity={is_label ? 1 : 0.75}
        />
      ))}
    </svg>
  )
}
