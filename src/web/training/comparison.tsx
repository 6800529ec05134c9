import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { keys } from '../queries/query-keys.ts'
import { LibraryChanges } from './library-changes.tsx'
import reportStyles from './model-report.module.css'

type ComparisonProps = { readonly versions: readonly [number, number]; readonly onClose: () => void }

/** The difference of two shares: 0.053 → "+5.3 points". */
const pointsText = (difference: number): string =>
  `${difference >= 0 ? '+' : '−'}${Math.abs(difference * 100).toFixed(1)} points`

/** Two versions beside each other. */
export const Comparison = ({ versions: [one, other], onClose }: ComparisonProps): ReactElement => {
  const { data, error } = useQuery({
    queryKey: [...keys.models, 'compare', one, other],
    queryFn: () => client.compareModels({ query: { one, other } }),
  })
  const rows =
    data &&
    ([
      ['Accuracy', data.versions.map(({ accuracy }) => accuracy), data.difference.accuracy],
      ['F1 Score', data.versions.map(({ f1_score }) => f1_score), data.difference.f1_score],
      [
        'Calibration error (less is better)',
        data.versions.map(({ card }) => card.scoreboard.calibration_error),
        data.difference.calibration_error,
      ],
    ] as const)
  return (
    <Panel
      title={`v${one} and v${other}`}
      aside={
        <Button look="bare" onClick={onClose}>
          Close
        </Button>
      }
    >
      {error && <ProblemNote error={error} />}
      {rows && (
        <table className={reportStyles.table}>
          <thead>
            <tr>
              <th scope="col">measure</th>
              <th scope="col">v{one}</th>
              <th scope="col">v{other}</th>
              <th scope="col">difference</th>
            </tr>
          </thead>
          <tbody className="figures">
            {rows.map(([name, values, difference]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, at) => (
                  <td key={at === 0 ? 'one' : 'other'}>{percentText(value)}</td>
                ))}
                <td>{pointsText(difference)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data && !data.same_labels && (
        <p className="quiet">They were measured on different labels: a small difference may come from that.</p>
      )}
      {data && <LibraryChanges one={one} other={other} />}
    </Panel>
  )
}
