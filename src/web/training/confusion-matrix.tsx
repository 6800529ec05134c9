import { Play } from 'lucide-react'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { countText } from '../../core/units/count-text.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { sureText } from '../kit/words/percent-text.ts'
import { rowBars } from '../kit/words/row-bars.ts'
import { listedOrder } from '../library/listed-order.ts'
import { playPart } from '../player/player.ts'
import { type LabelRow, type ModelCard, useLabels } from '../queries/use-training.ts'
import styles from './confusion-matrix.module.css'
import { type Cell, useTraining } from './training-state.ts'

/** Percent of the colour; a single mistake is still visible. */
const [LEAST_TINT, MOST_TINT] = [22, 70]

const listen = ({ track_id: id, track_title: title, start_time_seconds: from, end_time_seconds: to }: LabelRow): void =>
  playPart({ id, title }, { from, to }, listedOrder)

/** The labels of a cell can be played, and each links to its place on the desk; labels that no longer exist are counted. */
const CellLabels = ({ card, truth, said }: { readonly card: ModelCard } & Cell): ReactElement => {
  const { data: labels } = useLabels()
  const trained = new Map(card.lineage.labels.map((label) => [label.id, label]))
  const guesses = card.out_of_fold.filter(
    ({ label_id, predicted }) => predicted === said && trained.get(label_id)?.label === truth,
  )
  const known = new Map(labels?.map((label) => [label.id, label]))
  const there = guesses.flatMap(({ label_id, confidence }) => {
    const label = known.get(label_id)
    return label ? [{ label, confidence }] : []
  })
  return (
    <div className={styles.cellLabels} aria-live="polite">
      <p>
        <KindChip kind={truth} /> taken for <KindChip kind={said} />: {guesses.length}
      </p>
      <ul>
        {there.map(({ label, confidence }) => {
          const place = `${label.track_title}, ${rowBars(label)}`
          return (
            <li key={label.id}>
              <Button look="bare" aria-label={`Play ${place}`} onClick={() => listen(label)}>
                <Play size={13} aria-hidden="true" />
              </Button>
              <Link to={deskPath(label.track_id, label.start_beat)}>{place}</Link>{' '}
              <span className="quiet">{sureText(confidence)}</span>
            </li>
          )
        })}
      </ul>
      {there.length < guesses.length && (
        <p className="quiet">
          {countText(guesses.length - there.length, 'label')} not listed: deleted since, or from someone else’s library.
        </p>
      )}
    </div>
  )
}

/** Rows are what the sections are, columns what the model took them for; a cell opens its sections. */
export const ConfusionMatrix = ({ card }: { readonly card: ModelCard }): ReactElement => {
  const { kinds, scores } = card.scoreboard
  const open = useTraining((state) => state.cell)
  return (
    <>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col" className="quiet">
              is ↓ said →
            </th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {kind}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="figures">
          {kinds.map((truth, row) => {
            const total = scores.confusion[row]!.reduce((sum, count) => sum + count, 0)
            return (
              <tr key={truth}>
                <th scope="row">{truth}</th>
                {kinds.map((said, column) => {
                  const count = scores.confusion[row]![column]!
                  const share = total === 0 ? 0 : count / total
                  return (
                    <td key={said} data-right={row === column || undefined}>
                      <button
                        type="button"
                        disabled={count === 0}
                        aria-label={`${count} ${truth} taken for ${said}`}
                        aria-pressed={open?.truth === truth && open.said === said}
                        style={
                          {
                            '--share': `${count === 0 ? 0 : Math.round(LEAST_TINT + share * (MOST_TINT - LEAST_TINT))}%`,
                          } as object
                        }
                        onClick={() => useTraining.setState({ cell: { truth, said } })}
                      >
                        {count || '·'}
                      </button>
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
      {open && <CellLabels card={card} {...open} />}
    </>
  )
}
