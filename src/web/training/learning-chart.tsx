import type { ReactElement } from 'react'
import { percentText } from '../kit/words/percent-text.ts'
import type { ModelCard } from '../queries/use-training.ts'
import styles from './learning-chart.module.css'

type Curve = NonNullable<ModelCard['learning_curve']>

const [WIDTH, HEIGHT] = [320, 130]
/** Room for the words of the axes. */
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 8, 8, 18]
const LINES = [0, 0.5, 1] as const

/** How good the model is with a quarter, a half, three quarters and all of the tracks, and what follows from that. */
export const LearningChart = ({ curve }: { readonly curve: Curve }): ReactElement => {
  const { points, words } = curve
  const most = points.at(-1)!.tracks
  const x = (tracks: number): number => LEFT + (tracks / most) * (WIDTH - LEFT - RIGHT)
  const y = (share: number): number => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM)
  const path = (figure: 'accuracy' | 'macro_f1'): string =>
    points
      .map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.tracks).toFixed(1)} ${y(point[figure]).toFixed(1)}`)
      .join('')
  const told = points
    .map(({ tracks, accuracy }) => `${percentText(accuracy)} with ${Math.round(tracks)} tracks`)
    .join(', ')
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Accuracy ${told}`}>
        <title>{`Accuracy ${told}`}</title>
        {LINES.map((share) => (
          <g key={share}>
            <path className={styles.line} d={`M${LEFT} ${y(share)}H${WIDTH - RIGHT}`} />
            <text x={LEFT - 4} y={y(share) + 3} textAnchor="end">
              {share * 100} %
            </text>
          </g>
        ))}
        {points.map(({ share, tracks }) => (
          <text key={share} x={x(tracks)} y={HEIGHT - 4} textAnchor={share === 1 ? 'end' : 'middle'}>
            {Math.round(tracks)}
            {share === 1 && ' tracks'}
          </text>
        ))}
        <path className={styles.accuracy} d={path('accuracy')} />
        <path className={styles.f1} d={path('macro_f1')} />
        {points.map(({ share, tracks, accuracy }) => (
          <circle key={share} className={styles.point} cx={x(tracks)} cy={y(accuracy)} r="3" />
        ))}
      </svg>
      <figcaption className="quiet">
        <span className={styles.accuracyKey}>— accuracy</span> <span className={styles.f1Key}>- - macro F1</span> with
        fewer of your tracks
      </figcaption>
      <ul className={styles.words}>
        {words.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </figure>
  )
}
