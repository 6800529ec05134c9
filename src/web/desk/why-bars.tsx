import type { ReactElement } from 'react'
import { barOf } from '../../core/labels/bar-text.ts'
import type { SpanEvidence } from '../queries/use-evidence.ts'
import { useDesk } from './desk-context.ts'
import { gridOf } from './desk-store.ts'
import styles from './why-panel.module.css'

const MOST_GROUPS = 6
const [BAR_WIDTH, HALF_HEIGHT] = [10, 10]

type Row = { readonly group: string; readonly weights: readonly number[] }

const totalOf = ({ weights }: Row): number => weights.reduce((sum, weight) => sum + Math.abs(weight), 0)

/** Those that had most to say, each with its weight in every bar. */
const rowsOf = ({ bars }: SpanEvidence): readonly Row[] =>
  [...new Set(bars.flatMap(({ evidence }) => evidence.map(({ group }) => group)))]
    .map((group) => ({
      group,
      weights: bars.map(({ evidence }) => evidence.find((one) => one.group === group)?.weight ?? 0),
    }))
    .toSorted((a, b) => totalOf(b) - totalOf(a))
    .slice(0, MOST_GROUPS)

/** Which features spoke in which bars: above the line for the kind of the section, below it against. */
export const WhyBars = ({ why }: { readonly why: SpanEvidence }): ReactElement => {
  const grid = useDesk(gridOf)
  const rows = rowsOf(why)
  const strongest = Math.max(...rows.flatMap(({ weights }) => weights.map(Math.abs)))
  return (
    <figure className={styles.bars}>
      <figcaption className="quiet">Bar by bar: above the line for {why.kind}, below against it</figcaption>
      <ul>
        {rows.map(({ group, weights }) => (
          <li key={group}>
            <span>{group}</span>
            <svg
              viewBox={`0 ${-HALF_HEIGHT} ${weights.length * BAR_WIDTH} ${2 * HALF_HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${group}: for ${why.kind} in ${weights.filter((weight) => weight > 0).length} of ${weights.length} bars`}
            >
              <path d={`M0 0H${weights.length * BAR_WIDTH}`} />
              {weights.map((weight, at) => {
                const height = (Math.abs(weight) / strongest) * HALF_HEIGHT
                const start = why.bars[at]!.start_beat
                return (
                  <rect
                    key={start}
                    data-for={weight > 0}
                    x={at * BAR_WIDTH}
                    width={BAR_WIDTH - 1}
                    y={weight > 0 ? -height : 0}
                    height={height}
                  >
                    <title>
                      bar {barOf(grid, start)}: {group} {weight > 0 ? 'for' : 'against'}
                    </title>
                  </rect>
                )
              })}
            </svg>
          </li>
        ))}
      </ul>
    </figure>
  )
}
