import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { SECTION_KINDS } from '../../labels/section-kind.ts'
import { Desk } from '../desk/desk.tsx'
import { KindChip } from '../elements/kind-chip.tsx'
import { Panel } from '../elements/panel.tsx'
import { client } from '../queries/client.ts'
import { keys } from '../queries/query-keys.ts'
import styles from './training-screen.module.css'

export const TrainingScreen = (): ReactElement => {
  const [search] = useSearchParams()
  const trackId = Number(search.get('track'))
  const { data: stats } = useQuery({ queryKey: keys.labelStats, queryFn: () => client.labelStats({ query: {} }) })
  return (
    <div className={styles.screen}>
      {trackId > 0 && <Desk key={trackId} trackId={trackId} />}
      <Panel title="Training Dataset" aside={stats && `${stats.total_labels} labels`}>
        {stats &&
          SECTION_KINDS.map((kind) => (
            <p key={kind}>
              <KindChip kind={kind} /> {stats.label_counts[kind]}/{stats.min_samples_required}
            </p>
          ))}
      </Panel>
    </div>
  )
}
