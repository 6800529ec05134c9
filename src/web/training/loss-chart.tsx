import type { ReactElement } from 'react'
import styles from './loss-chart.module.css'

export type LossPoint = { readonly round: number; readonly train: number; readonly validation: number | null }

const [WIDTH, HEIGHT, MARGIN] = [320, 120, 4]

/** Loss on what was learnt from, and on what was held out, round by round; where they part, learning by heart begins. */
export const LossChart = ({ losses }: { readonly losses: readonly LossPoint[] }): ReactElement => {
  const values = losses.flatMap(({ train, validation }) => (validation === null ? [train] : [train, validation]))
  const highest = Math.max(...values)
  const [first, last] = [losses[0]!.round, losses.at(-1)!.round]
  const x = (round: number): number => MARGIN + ((round - first) / Math.max(1, last - first)) * (WIDTH - 2 * MARGIN)
  const y = (loss: number): number => HEIGHT - MARGIN - (loss / highest) * (HEIGHT - 2 * MARGIN)
  const line = (points: readonly (readonly [number, number])[]): string =>
    points.map(([round, loss], at) => `${at === 0 ? 'M' : 'L'}${x(round).toFixed(1)} ${y(loss).toFixed(1)}`).join('')
  const held = losses.flatMap(({ round, validation }) => (validation === null ? [] : [[round, validation] as const]))
  const { train, validation } = losses.at(-1)!
  const words = `Loss ${train.toFixed(3)} on what was learnt from${validation === null ? '' : `, ${validation.toFixed(3)} on what was held out`}`
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        <title>{words}</title>
        <path className={styles.train} d={line(losses.map(({ round, train: loss }) => [round, loss]))} />
        <path className={styles.held} d={line(held)} />
      </svg>
      <figcaption className="quiet">
        <span className={styles.trainKey}>— learnt from</span> <span className={styles.heldKey}>- - held out</span>
      </figcaption>
    </figure>
  )
}
