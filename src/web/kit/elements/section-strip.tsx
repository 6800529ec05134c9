import type { ReactElement } from 'react'
import { SECTION_COLOURS, type SectionKind } from '../../../core/labels/section-kind.ts'
import styles from './section-strip.module.css'

const WIDTH = 1000

type Part = {
  readonly label: SectionKind
  readonly own_kind_id?: number | undefined
  /** Both ends are shares of the track. */
  readonly start: number
  readonly end: number
  readonly is_label: boolean
}

type Own = { readonly name: string; readonly colour: string }
const NONE: ReadonlyMap<number, Own> = new Map()
type SectionStripProps = {
  readonly strip: readonly Part[] | null
  /** Kinds of the person's own, by their ids. @default none */
  readonly own?: ReadonlyMap<number, Own>
}

/** The sections of a track in miniature: labels are solid, a model's sections lower and fainter, and screen readers get words. */
export const SectionStrip = ({ strip, own = NONE }: SectionStripProps): ReactElement => {
  if (strip === null)
    return (
      <span className="quiet" title="No sections: not labelled, and no model has read it">
        –
      </span>
    )
  const ownOf = ({ own_kind_id }: Part): Own | undefined =>
    own_kind_id === undefined ? undefined : own.get(own_kind_id)
  const words = strip.map((part) => ownOf(part)?.name ?? (part.is_label ? part.label : `${part.label}?`)).join(', ')
  return (
    <svg className={styles.strip} viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" role="img" aria-label={words}>
      <title>{words}</title>
      {strip.map(({ label, start, end, is_label, own_kind_id }) => (
        <rect
          key={start}
          x={start * WIDTH}
          width={Math.max(0, (end - start) * WIDTH - 2)}
          y={is_label ? 0 : 2}
          height={is_label ? 10 : 6}
          fill={own.get(own_kind_id ?? 0)?.colour ?? SECTION_COLOURS[label]}
          opacity={is_label ? 1 : 0.75}
        />
      ))}
    </svg>
  )
}
