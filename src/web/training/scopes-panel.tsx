import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { makeStep } from '../queries/label-step-changes.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import type { Scope } from '../queries/use-training.ts'
import styles from './models-panel.module.css'
import { NewScope } from './new-scope.tsx'

const answerText = ({ is_answering, active_version, name }: Scope): string =>
  is_answering ? `v${active_version} answers for ${name}` : 'The general version answers'

const ScopeRow = ({ scope, onChange }: { readonly scope: Scope; readonly onChange: () => void }): ReactElement => {
  const queries = useQueryClient()
  const run = (work: Promise<unknown>): void => void work.then(onChange, notifyProblem)
  const { id, name, tracks, labels, versions, problem, proof, overlaps, active_version } = scope
  return (
    <li className={styles.model} aria-label={name} data-active={scope.is_answering || undefined}>
      <div className={styles.line}>
        <strong>{name}</strong>
        <span className="figures">
          {countText(tracks)} · {countText(labels, 'label')}
        </span>
        {versions.length > 0 && <span className="quiet">{versions.map((version) => `v${version}`).join(', ')}</span>}
      </div>
      {problem !== null && <p className={styles.incompatible}>{problem}</p>}
      {problem === null && tracks === 0 && <p className={styles.incompatible}>No track fits it.</p>}
      <p>{answerText(scope)}.</p>
      {proof !== null && <p className="quiet">{proof}</p>}
      {overlaps.map((other) => (
        <p key={other.name} className="quiet">
          {other.name} is smaller and answers for {countText(other.tracks)} of them.
        </p>
      ))}
      <div className={styles.actions}>
        {active_version !== null && (
          <Button onClick={() => run(client.changeScope({ params: { id }, body: { active_version: null } }))}>
            Use the general version
          </Button>
        )}
        <Button
          title="Its versions stay, and come back with it"
          onClick={() => void makeStep(queries, client.removeScope({ params: { id } }), 'scopes')}
        >
          Remove
        </Button>
      </div>
    </li>
  )
}

/** Genres and other parts of the library with models of their own. */
export const ScopesPanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: scopes, error } = useQuery(queryOf('listScopes'))
  const refresh = (): void => void refreshAfter(queries, 'scopes')
  return (
    <Panel title="Models by Genre">
      {error && <ProblemNote error={error} />}
      <p className="quiet">
        A genre, tag, playlist or folder can have a model of its own. It answers where it is proven better than the
        general one.
      </p>
      {scopes && scopes.length > 0 && (
        <ul className={styles.models}>
          {scopes.map((scope) => (
            <ScopeRow key={scope.id} scope={scope} onChange={refresh} />
          ))}
        </ul>
      )}
      <NewScope
        onAdd={(body) =>
          void client.addScope({ body }).then((made) => {
            notify({ tone: 'plain', title: `${made.name}: ${countText(made.tracks)}` })
            refresh()
          }, notifyProblem)
        }
      />
    </Panel>
  )
}
