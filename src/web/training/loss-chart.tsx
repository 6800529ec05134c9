import type { ReactElement } from 'react'
import styles from './loss-chart.module.css'

type LossPoint = { readonly round: number; readonly train: number; readonly validation: number }

const [WIDTH, HEIGHT] = [320, 130]
/** Room for the words of the axes. */
const [LEFT, RIGHT, TOP, BOTTOM] = [30, 6, 8, 18]

/** The loss on training data and on held-out data, round by round; where they part, the model begins to learn by heart. */
export const LossChart = ({ losses }: { readonly losses: readonly LossPoint[] }): ReactElement => {
  const highest = Math.max(...losses.flatMap(({ train, validation }) => [train, validation]))
  const [first, last] = [losses[0]!.round, losses.at(-1)!.round]
  const x = (round: number): number => LEFT + ((round - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT)
  const y = (loss: number): number => TOP + (1 - loss / highest) * (HEIGHT - TOP - BOTTOM)
  const path = (figure: 'train' | 'validation'): string =>
    losses
      .map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.round).toFixed(1)} ${y(point[figure]).toFixed(1)}`)
      .join('')
  const { train, validation } = losses.at(-1)!
  const words = `Loss after ${last} epochs: ${train.toFixed(3)} on what was learnt from, ${validation.toFixed(3)} on what was held out`
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        <title>{words}</title>
        {[0, highest / 2, highest].map((loss) => (
          <g key={loss}>
            <path className={styles.line} d={`M${LEFT} ${y(loss)}H${WIDTH - RIGHT}`} />
            <text x={LEFT - 4} y={y(loss) + 3} textAnchor="end">
              {Number(loss.toPrecision(2))}
            </text>
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 4}>
          {first}
        </text>
        <text x={WIDTH - RIGHT} y={HEIGHT - 4} textAnchor="end">
          {last} epochs
        </text>
        <path className={styles.train} d={path('train')} />
        <path className={styles.held} d={path('validation')} />
      </svg>
      <figcaption className="quiet">
        <span className={styles.trainKey}>— learnt from</span> <span className={styles.heldKey}>- - held out</span>
      </figcaption>
    </figure>
  )
}
