import type { ReactElement } from 'react'
import { countText } from '../../../core/units/count-text.ts'
import type { ChartProps } from './bar-chart.tsx'
import { type Figure, listFigure } from './figure-table.tsx'
import styles from './overview.module.css'

const SIZE = 260
const CENTRE = SIZE / 2
const HOURS = 12
/** Minor keys lie inside, major ones outside. */
const RINGS = { A: [44, 84], B: [86, 126] } as const
const LEAST_OPACITY = 0.12

const point = (radius: number, hour: number): string => {
  const angle = ((hour - 0.5) / HOURS) * 2 * Math.PI - Math.PI / 2
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`
}

const slicePath = (hour: number, [inner, outer]: readonly [number, number]): string =>
  `M ${point(inner, hour)} L ${point(outer, hour)} A ${outer} ${outer} 0 0 1 ${point(outer, hour + 1)} L ${point(inner, hour + 1)} A ${inner} ${inner} 0 0 0 ${point(inner, hour)} Z`

type KeyFigure = Figure & { readonly camelot: string }

/** The wheel of keys with the number of tracks in each; the fuller a slice, the stronger its colour. 12 stands at the top. */
export const KeyWheel = ({ figures, label }: ChartProps<KeyFigure>): ReactElement => {
  const most = Math.max(1, ...figures.map(({ tracks }) => tracks))
  return (
    <svg className={styles.wheel} viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={label}>
      {figures.map(({ camelot, name, short, tracks, filter }) => {
        const hour = Number.parseInt(camelot, 10)
        const ring = RINGS[camelot.endsWith('A') ? 'A' : 'B']
        const [x, y] = point((ring[0] + ring[1]) / 2, hour + 0.5)
          .split(' ')
          .map(Number) as [number, number]
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table of the chart says the same to keys and screen readers
          <g
            key={camelot}
            className={styles.slice}
            data-empty={filter === null || undefined}
            onClick={() => listFigure(filter)}
          >
            <title>{`${name}: ${countText(tracks)}`}</title>
            <path
              className={styles.key}
              d={slicePath(hour, ring)}
              style={{
                fill: `hsl(${(hour - 1) * 30} 65% 55%)`,
                fillOpacity: tracks === 0 ? 0 : LEAST_OPACITY + (1 - LEAST_OPACITY) * 0.6 * (tracks / most),
              }}
            />
            <text className={styles.keyName} x={x} y={tracks === 0 ? y + 4 : y - 1}>
              {short}
            </text>
            {tracks > 0 && (
              <text className={styles.keyCount} x={x} y={y + 11}>
                {tracks.toLocaleString('en-GB')}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
