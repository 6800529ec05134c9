import type { ReactElement } from 'react'
import { spanText } from '../../core/labels/bar-text.ts'
import type { Span } from '../../core/labels/span.ts'
import { counterfactualText, decidingBarsText, decidingPlaceText, NONE_DECIDES } from '../../core/sections/why-text.ts'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { sureText } from '../kit/words/percent-text.ts'
import type { SpanEvidence } from '../queries/use-evidence.ts'
import { useDesk } from './desk-context.ts'
import { gridOf } from './desk-store.ts'
import { PlayBar } from './play-bar.tsx'
import { WhyBars } from './why-bars.tsx'
import styles from './why-panel.module.css'

const spanOf = ({ start_beat, end_beat }: { readonly start_beat: number; readonly end_beat: number }): Span => ({
  startBeat: start_beat,
  endBeat: end_beat,
})

/** The bar in which a group spoke most in that direction. */
const strongestBar = ({ bars }: SpanEvidence, group: string, weight: number, { endBeat }: Span): Span | null => {
  const weightIn = ({ evidence }: (typeof bars)[number]): number =>
    Math.sign(weight) * (evidence.find((one) => one.group === group)?.weight ?? 0)
  const [best] = bars.toSorted((a, b) => weightIn(b) - weightIn(a))
  if (best === undefined || weightIn(best) <= 0) return null
  const next = bars.find(({ start_beat }) => start_beat > best.start_beat)
  return { startBeat: best.start_beat, endBeat: next?.start_beat ?? endBeat }
}

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
              <PlayBar span={strongestBar(why, group, weight, span)} what={group} />
            </li>
          ))}
        </ul>
        {why.counterfactuals.length > 0 && (
          <ul className={styles.counterfactuals} aria-label="What would change it">
            {why.counterfactuals.map((one) => (
              <li key={`${one.layer} ${one.way}`}>
                {counterfactualText(why.kind, one)}
                <PlayBar
                  span={one.example && spanOf(one.example)}
                  what={one.way === 'there' ? `${one.layer}, as full as it gets` : `the track without ${one.layer}`}
                />
              </li>
            ))}
          </ul>
        )}
        {why.elsewhere.length === 0 ? (
          <p className="quiet">{NONE_DECIDES}</p>
        ) : (
          <ul className={styles.counterfactuals} aria-label="What decided elsewhere in the track">
            {why.elsewhere.map((one) => (
              <li key={one.start_beat}>
                {decidingBarsText(spanText(grid, spanOf(one)), one)}
                <PlayBar span={spanOf(one)} what={decidingPlaceText(one)} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <WhyBars why={why} />
    </section>
  )
}
