import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { SECTION_COLOURS } from '../../labels/section-kind.ts'
import type { Span } from '../../labels/span.ts'
import { KindChip } from '../elements/kind-chip.tsx'
import { percentText } from '../elements/percent-text.ts'
import { ProblemNote } from '../elements/problem-note.tsx'
import { client } from '../queries/client.ts'
import { keys } from '../queries/query-keys.ts'
import { barOf } from '../waveform/paint-grid.ts'
import { useDesk } from './desk-context.ts'
import styles from './why-panel.module.css'

const [BAR_WIDTH, HEIGHT] = [10, 60]

/** What the active model heard in a part of the track: bar by bar which kind it is like, and what spoke for and against. */
export const WhyPanel = ({ trackId, span }: { readonly trackId: number; readonly span: Span }): ReactElement => {
  const grid = useDesk((state) => state.grid)
  const { startBeat, endBeat } = span
  const { data, error } = useQuery({
    queryKey: [...keys.models, 'evidence', trackId, startBeat, endBeat],
    queryFn: () => client.evidence({ params: { id: trackId }, query: { start_beat: startBeat, end_beat: endBeat } }),
    retry: false,
  })
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className="quiet">Listening…</p>
  const strongest = Math.max(...data.evidence.map(({ weight }) => Math.abs(weight)))
  return (
    <section className={styles.why} aria-label="Why this label">
      <figure className={styles.bars}>
        <svg
          viewBox={`0 0 ${data.bars.length * BAR_WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label="Kinds, bar by bar"
        >
          {data.bars.map(({ start_beat, probabilities }, at) => {
            let top = 0
            return (
              <g key={start_beat}>
                <title>
                  bar {barOf(grid, start_beat)}:{' '}
                  {data.kinds.map((kind, index) => `${kind} ${percentText(probabilities[index]!)}`).join(', ')}
                </title>
                {data.kinds.map((kind, index) => {
                  const height = probabilities[index]! * HEIGHT
                  top += height
                  return (
                    <rect
                      key={kind}
                      x={at * BAR_WIDTH}
                      width={BAR_WIDTH - 1}
                      y={top - height}
                      height={height}
                      fill={SECTION_COLOURS[kind]}
                    />
                  )
                })}
              </g>
            )
          })}
        </svg>
        <figcaption className="quiet">
          Bars {barOf(grid, startBeat)}–{barOf(grid, endBeat - 1)}, each with what it is like by itself
        </figcaption>
      </figure>
      <div>
        <p>
          As a whole: <KindChip kind={data.kind} /> {percentText(Math.max(...data.probabilities))} (v{data.version})
        </p>
        <ul className={styles.evidence}>
          {data.evidence.map(({ group, weight }) => (
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
    </section>
  )
}
