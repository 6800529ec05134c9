import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { queryOf } from '../queries/query-of.ts'

/** What the last session of labelling brought, and what is still weak. */
export const FeltProgress = (): ReactElement => {
  const { data, error } = useQuery(queryOf('labelProgress'))
  return (
    <Panel title="What got better" aside={data?.version && `v${data.version}`}>
      {error && <ProblemNote error={error} />}
      {data && data.version === null && (
        <p className="quiet">
          Nothing has been learnt from your labels yet. Train a model on the <Link to="/training">Training</Link>{' '}
          screen.
        </p>
      )}
      {data?.words.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </Panel>
  )
}
