import type { ReactElement } from 'react'
import { countText } from '../../../core/units/count-text.ts'
import { type Figure, listFigure } from './figure-table.tsx'
import styles from './overview.module.css'

const [WIDTH, HEIGHT, FOOT] = [320, 120, 16] as const
/** As much as a label below a bar takes, so that no two touch. */
const LABEL_WIDTH = 30

export type ChartProps<One extends Figure = Figure> = {
  readonly figures: readonly One[]
  readonly label: string
  /** A line over the bars, each value as high as it is of the last. */
  readonly totals?: readonly number[]
}

/** Bars beside each other; the names of as many as have room stand below. A click lists the tracks. */
export const BarChart = ({ figures, label, totals }: ChartProps): ReactElement => {
  const most = Math.max(1, ...figures.map(({ tracks }) => tracks))
  const step = WIDTH / Math.max(1, figures.length)
  const every = Math.ceil(LABEL_WIDTH / step)
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`} role="img" aria-label={label}>
      <line className={styles.axis} x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      {figures.map(({ name, short, tracks, filter, colour }, at) => {
        const height = tracks === 0 ? 0 : Math.max(2, (tracks / most) * (HEIGHT - 14))
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table of the chart says the same to keys and screen readers
          <g
            key={name}
            className={styles.slice}
            data-empty={filter === null || undefined}
            onClick={() => listFigure(filter)}
          >
            <title>{`${name}: ${countText(tracks)}`}</title>
            <rect className={styles.reach} x={at * step} y={0} width={step} height={HEIGHT} />
            <rect
              className={styles.bar}
              x={at * step + Math.min(2, step * 0.1)}
              y={HEIGHT - height}
              width={Math.max(1, step - 2 * Math.min(2, step * 0.1))}
              height={height}
              {...(colour === undefined ? {} : { style: { fill: colour } })}
            />
            {step >= 22 && tracks > 0 && (
              <text className={styles.count} x={(at + 0.5) * step} y={HEIGHT - height - 3}>
                {tracks.toLocaleString('en-GB')}
              </text>
            )}
            {short !== undefined && at % every === 0 && (
              <text className={styles.foot} x={(at + 0.5) * step} y={HEIGHT + 12}>
                {short}
              </text>
            )}
          </g>
        )
      })}
      {totals && (
        <polyline
          className={styles.total}
          points={totals
            .map(
              (total, at) => `${(at + 0.5) * step},${HEIGHT - (total / Math.max(1, totals.at(-1)!)) * (HEIGHT - 14)}`,
            )
            .join(' ')}
        />
      )}
    </svg>
  )
}

const LINE = 20
const NAMES = 96

/** Bars below each other, with their names before them. */
export const LyingBars = ({ figures, label }: ChartProps): ReactElement => {
  const most = Math.max(1, ...figures.map(({ tracks }) => tracks))
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${figures.length * LINE}`} role="img" aria-label={label}>
      {figures.map(({ name, short = name, tracks, filter, colour, more = [] }, at) => {
        const text = [tracks.toLocaleString('en-GB'), ...more].join(' · ')
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table of the chart says the same to keys and screen readers
          <g
            key={name}
            className={styles.slice}
            data-empty={filter === null || undefined}
            onClick={() => listFigure(filter)}
          >
            <title>{`${name}: ${[countText(tracks), ...more].join(', ')}`}</title>
            <rect className={styles.reach} x={0} y={at * LINE} width={WIDTH} height={LINE} />
            <text className={styles.name} x={NAMES - 6} y={at * LINE + 14}>
              {short.length > 16 ? `${short.slice(0, 15)}…` : short}
            </text>
            <rect
              className={styles.bar}
              x={NAMES}
              y={at * LINE + 3}
              width={tracks === 0 ? 0 : Math.max(2, (tracks / most) * (WIDTH - NAMES - 100))}
              height={LINE - 6}
              {...(colour === undefined ? {} : { style: { fill: colour } })}
            />
            <text className={styles.beside} x={NAMES + (tracks / most) * (WIDTH - NAMES - 100) + 6} y={at * LINE + 14}>
              {text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
