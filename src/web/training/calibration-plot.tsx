import type { ReactElement } from 'react'
import { reliabilityBins } from '../../core/evaluation/calibration.ts'
import { percentText } from '../kit/words/percent-text.ts'
import type { ModelCard } from '../queries/use-training.ts'
import styles from './calibration-plot.module.css'

const SIZE = 180

/** The plot shows how often the model was right at each confidence: on the diagonal a confidence means what it says; a larger dot stands for more labels. */
export const CalibrationPlot = ({ card }: { readonly card: ModelCard }): ReactElement => {
  const truth = new Map(card.lineage.labels.map(({ id, label }) => [id, label]))
  const bins = reliabilityBins(
    card.out_of_fold.map(({ confidence }) => confidence),
    card.out_of_fold.map(({ label_id, predicted }) => truth.get(label_id) === predicted),
  ).filter(({ samples }) => samples > 0)
  const error = percentText(card.scoreboard.calibration_error)
  const words = `Calibration error ${error}`
  return (
    <figure className={styles.figure}>
      {bins.length > 0 && (
        <svg viewBox={`-8 -8 ${SIZE + 16} ${SIZE + 16}`} role="img" aria-label={words}>
          <title>{words}</title>
          <rect className={styles.field} width={SIZE} height={SIZE} />
          <path className={styles.diagonal} d={`M0 ${SIZE}L${SIZE} 0`} />
          {bins.map(({ confidence, accuracy, samples }) => (
            <circle
              key={confidence}
              className={styles.bin}
              cx={confidence! * SIZE}
              cy={(1 - accuracy!) * SIZE}
              r={2 + Math.sqrt(samples)}
            />
          ))}
        </svg>
      )}
      <figcaption className="quiet">
        On average its confidence is {error} off. Left to right: how sure it was; upwards: how often it was right.
      </figcaption>
    </figure>
  )
}
