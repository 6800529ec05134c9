import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { z } from 'zod'
import type { comparison } from '../../api/operations/comparisons.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { queryOf } from '../queries/query-of.ts'
import { LibraryChanges } from './library-changes.tsx'
import reportStyles from './model-report.module.css'

type ComparisonProps = { readonly versions: readonly [number, number]; readonly onClose: () => void }

/** The difference of two shares: 0.053 → "+5.3 points". */
const pointsText = (difference: number): string =>
  `${difference >= 0 ? '+' : '−'}${Math.abs(difference * 100).toFixed(1)} points`

const MEASURES = [
  ['accuracy', 'Accuracy'],
  ['f1_score', 'F1 Score'],
  ['calibration_error', 'Calibration error (less is better)'],
] as const

type Compared = z.output<typeof comparison>
type Figures = NonNullable<Compared['difference']>
type Row = { readonly name: string; readonly values: readonly number[]; readonly difference: number }

/** Measures that both have. */
const rowsOf = (figures: readonly Figures[], differences: Figures): readonly Row[] =>
  MEASURES.flatMap(([measure, name]) => {
    const values = figures.map((one) => one[measure]).filter((value) => value !== null)
    const difference = differences[measure]
    return difference === null ? [] : [{ name, values, difference }]
  })

const BASES = {
  your_labels: 'Both were tested on the same labels of yours, which neither can have learnt from.',
  reports: 'Each was measured on the labels it was trained with, so a small difference may come from that.',
} as const

/** What both were asked about, and what only one of them knows. */
const Basis = ({ data: { versions, kinds, basis, duel, text } }: { readonly data: Compared }): ReactElement => {
  const only = [kinds.only_first, kinds.only_second].map((own, at) => ({ own, version: versions[at]!.version }))
  return (
    <>
      {(duel !== null || basis === null) && <p>{text}</p>}
      {basis && (
        <p className="quiet">
          {BASES[basis]} On {kinds.both.join(', ')}, which both know.
        </p>
      )}
      {only
        .filter(({ own }) => own.length > 0)
        .map(({ own, version }) => (
          <p key={version} className="quiet">
            Only v{version} knows {own.join(', ')}.
          </p>
        ))}
    </>
  )
}

/** Two versions beside each other. */
export const Comparison = ({ versions: [one, other], onClose }: ComparisonProps): ReactElement => {
  const { data, error } = useQuery(queryOf('compareModels', { query: { one, other } }))
  const rows = data?.figures && data.difference && rowsOf(data.figures, data.difference)
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
            {rows.map(({ name, values, difference }) => (
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
      {data && <Basis data={data} />}
      {data && <LibraryChanges one={one} other={other} />}
    </Panel>
  )
}
