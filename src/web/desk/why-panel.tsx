import type { ReactElement } from 'react'
import { spanText } from '../../core/labels/bar-text.ts'
import type { Span } from '../../core/labels/span.ts'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { sureText } from '../kit/words/percent-text.ts'
import type { SpanEvidence } from '../queries/use-evidence.ts'
import { useDesk } from './desk-context.ts'
import { gridOf } from './desk-store.ts'
import { WhyBars } from './why-bars.tsx'
import styles from './why-panel.module.css'

/** Why a model reads a part of the track as it does: what spoke for and against its kind, as a whole and bar by bar. */
export const WhyPanel = ({ span, why }: { readonly span: Span; readonly why: SpanEvidence }): ReactElement => {
  const grid = useDesk(gridOf)
  const strongest = Math.max(...why.evidence.map(({ weight }) => Math.abs(weight)))
  const proposed = useDesk(({ ghosts, selectedGhost }) => ghosts.find(({ id }) => id === selectedGhost))
  return (
    <section className={styles.why} aria-label="Why this label">
      <div>
        <p>
          {why.version > 0 ? `v${why.version}` : 'The shipped model'}
          {why.scope !== null && `, trained for ${why.scope.name},`} reads {spanText(grid, span)} as{' '}
          <KindChip kind={why.kind} />
          {proposed?.kind === why.kind && `, ${sureText(proposed.confidence)}`}
        </p>
        <ul className={styles.evidence}>
          {why.evidence.map(({ group, weight }) => (
            <li key={group}>
              <meter
                min={0}
                max={strongest}
                value={Math.abs(weight)}
                aria-label={`${group}: ${weight > 0 ? 'for' : 'against'}`}
              />
              <span>{weight > 0 ? 'for' : 'against'}</span>
              {group}
            </li>
          ))}
        </ul>
      </div>
      <WhyBars why={why} />
    </section>
  )
}
