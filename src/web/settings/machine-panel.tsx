import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Panel } from '../elements/panel.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { client } from '../queries/client.ts'
import { keys } from '../queries/query-keys.ts'
import styles from './setting-rows.module.css'

const GIGABYTE = 1e9
const SIGNS: Readonly<Record<string, string>> = { ok: '✓', warning: '!', error: '✕' }

/** Where everything lies, and whether it is well. */
export const MachinePanel = (): ReactElement => {
  const { data: health, error } = useQuery({ queryKey: keys.health, queryFn: () => client.health() })
  const { data: doctor } = useQuery({ queryKey: ['doctor'], queryFn: () => client.doctor(), staleTime: 0 })
  return (
    <Panel title="This machine" aside={health && `Algiers ${health.version}`}>
      {error && <ProblemNote error={error} />}
      {health && (
        <dl className={styles.facts}>
          <dt>Data</dt>
          <dd>{health.data_dir}</dd>
          <dt>Free</dt>
          <dd className="figures">{(health.free_bytes / GIGABYTE).toFixed(1)} GB</dd>
          <dt>Tracks</dt>
          <dd className="figures">{health.tracks}</dd>
          <dt>Folders</dt>
          <dd>
            {health.roots.online} reachable{health.roots.offline > 0 && `, ${health.roots.offline} offline`}
          </dd>
          {doctor?.checks.map(({ name, state, detail, hint }) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>
                {SIGNS[state] ?? '·'} {name}
              </dt>
              <dd>
                {detail} {hint && <span className="quiet">{hint}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}
