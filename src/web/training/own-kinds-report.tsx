import type { ReactElement } from 'react'
import { percentText } from '../kit/words/percent-text.ts'
import type { ModelCard } from '../queries/use-training.ts'
import styles from './model-report.module.css'

type Report = ModelCard['own_kinds'][number]

const verdictOf = ({ kind, accuracy, majority, is_learnt, too_few }: Report): string => {
  const few =
    too_few.length === 0
      ? ''
      : ` Too few labels, so they count as ${kind}: ${too_few.map(({ name }) => name).join(', ')}.`
  if (accuracy === null) return `${is_learnt ? `Every ${kind} has the same name.` : `They count as ${kind}.`}${few}`
  const figures = `${percentText(accuracy)} right; the most frequent name alone would be right in ${percentText(majority)}`
  return `${is_learnt ? figures : `Not learnt: ${figures}`}.${few}`
}

/** What a version knows of the person's own kinds. */
export const OwnKindsReport = ({ card }: { readonly card: ModelCard }): ReactElement => (
  <section>
    <h3>Kinds of your own</h3>
    {card.own_kinds.map((report) => (
      <div key={report.kind}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{report.kind}</th>
              <th scope="col">F1</th>
              <th scope="col">labels</th>
            </tr>
          </thead>
          <tbody className="figures">
            {report.classes.map(({ own, labels, f1 }) => (
              <tr key={own?.id ?? 0}>
                <th scope="row">{own?.name ?? report.kind}</th>
                <td>{f1 === null ? '–' : percentText(f1)}</td>
                <td>{labels}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="quiet">{verdictOf(report)}</p>
      </div>
    ))}
  </section>
)
