import { Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { Alternatives } from './alternatives.tsx'
import styles from './planned-set.module.css'
import { SetBar } from './set-bar.tsx'
import { setFacts } from './set-facts.ts'
import { SetPlace } from './set-place.tsx'
import { type ShownSet, useSet } from './set-state.ts'
import { SetTimeline } from './set-timeline.tsx'

/** The set: its energy, its tracks, and how each leads into the next. */
export const PlannedSetPanel = ({ set }: { readonly set: ShownSet }): ReactElement => {
  const [isAdding, setIsAdding] = useState(false)
  const last = useSet((state) => state.told)
  const isPlanning = useSet((state) => state.isPlanning && state.openId === set.id)
  const told = last?.setId === set.id && last.version === set.version ? last : null
  const refusals = told?.refusals ?? []
  const general = refusals.filter(({ title }) => title === null)
  const ofTracks = refusals.filter(({ title }) => title !== null)
  return (
    <Panel title="The set">
      <SetBar key={set.id} set={set} />
      {isPlanning && (
        <p role="status" className={`${styles.facts} quiet`}>
          {set.places.length === 0
            ? 'Planning the set: Algiers looks for tracks that lead into each other…'
            : 'Planning the set again; locked tracks stay in their places…'}
        </p>
      )}
      {set.places.length > 0 && (
        <>
          <p role="status" className={styles.facts}>
            {setFacts(set, told)}
          </p>
          <SetTimeline set={set} />
        </>
      )}
      {general.map(({ reason }) => (
        <p key={reason} className={styles.note}>
          {reason}
        </p>
      ))}
      {ofTracks.length > 0 && (
        <details className={styles.refusals}>
          <summary>{countText(ofTracks.length)} left out</summary>
          <ul>
            {ofTracks.map(({ track_id, title, reason }) => (
              <li key={track_id}>{`${title}: ${reason}`}</li>
            ))}
          </ul>
        </details>
      )}
      <ol className={styles.list}>
        {set.places.map(({ track_id }, at) => (
          <SetPlace key={track_id} set={set} at={at} />
        ))}
      </ol>
      {isAdding ? (
        <Alternatives set={set} place={set.places.length} between onDone={() => setIsAdding(false)} />
      ) : (
        <Button className={styles.add} onClick={() => setIsAdding(true)}>
          <Plus size={14} aria-hidden="true" /> Add a track
        </Button>
      )}
    </Panel>
  )
}
