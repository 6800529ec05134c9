import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { FactList } from '../kit/elements/fact-list.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { queryOf } from '../queries/query-of.ts'
import { useHealth } from '../queries/use-health.ts'
import { ReportMaker } from './report-maker.tsx'
import styles from './setting-rows.module.css'

const SIGNS: Readonly<Record<string, readonly [sign: string, words: string]>> = {
  ok: ['✓', 'well'],
  warning: ['!', 'needs attention'],
  error: ['✕', 'broken'],
}

/** Whether everything is well, and what to do where it is not. */
export const MachinePanel = (): ReactElement => {
  const { data: health } = useHealth()
  const { data, error, isFetching, refetch } = useQuery({
    ...queryOf('doctor'),
    staleTime: 0,
  })
  return (
    <Panel title="Health check" aside={health && `Algiers ${health.version}`}>
      {error && <ProblemNote error={error} />}
      {data && (
        <FactList>
          {data.checks.map(({ name, state, detail, hint }) => (
            <div key={`${name} ${detail}`} className={styles.fact} data-state={state}>
              <dt>
                <span aria-hidden="true">{SIGNS[state]?.[0] ?? '·'}</span>
                <span className="sr-only">{SIGNS[state]?.[1] ?? state}:</span> {name}
              </dt>
              <dd>
                {detail} {hint && <span className="quiet">{hint}</span>}
              </dd>
            </div>
          ))}
        </FactList>
      )}
      <p className={styles.actions}>
        <Button disabled={isFetching} onClick={() => void refetch()}>
          {isFetching ? 'Looking…' : 'Look again'}
        </Button>
      </p>
      <ReportMaker />
    </Panel>
  )
}
