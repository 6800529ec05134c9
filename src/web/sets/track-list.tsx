import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { type NamedTrack, titleOf, useSet } from './set-state.ts'
import styles from './set-wish-panel.module.css'
import { TrackField } from './track-field.tsx'

type TrackListProps = {
  readonly name: string
  readonly ids: readonly number[]
  readonly onChange: (ids: readonly number[], named: readonly NamedTrack[]) => void
}

/** Some tracks by their titles. */
export const TrackList = ({ name, ids, onChange }: TrackListProps): ReactElement => {
  const titles = useSet((state) => state.titles)
  return (
    <div className={styles.tracks}>
      <TrackField
        name={name}
        placeholder="add a track"
        track={null}
        onChoose={(track) => track && !ids.includes(track.id) && onChange([...ids, track.id], [track])}
      />
      {ids.length > 0 && (
        <ul aria-label={name}>
          {ids.map((id) => (
            <li key={id} className={styles.chosen}>
              {titleOf(titles, id)}
              <Button
                look="bare"
                aria-label={`${name}: not ${titleOf(titles, id)}`}
                onClick={() =>
                  onChange(
                    ids.filter((other) => other !== id),
                    [],
                  )
                }
              >
                <X size={14} aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
