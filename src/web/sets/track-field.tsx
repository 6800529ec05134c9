import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type ReactElement, useId, useState } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { useRested } from '../kit/use-rested.ts'
import { queryOf } from '../queries/query-of.ts'
import type { NamedTrack } from './set-state.ts'
import styles from './set-wish-panel.module.css'

const SHOWN_TRACKS = 6
const TYPING_RESTS_MS = 200

type TrackFieldProps = {
  readonly name: string
  readonly track: NamedTrack | null
  /** @default 'any track' */
  readonly placeholder?: string
  readonly onChoose: (track: NamedTrack | null) => void
}

/** Chooses one track by a part of its title, or none. */
export const TrackField = ({ name, track, placeholder = 'any track', onChoose }: TrackFieldProps): ReactElement => {
  const [text, setText] = useState('')
  const fieldId = useId()
  const asked = useRested(text.trim(), TYPING_RESTS_MS)
  const { data } = useQuery({
    ...queryOf('listTracks', { query: { q: asked, limit: SHOWN_TRACKS } }),
    enabled: asked !== '',
  })
  if (track)
    return (
      <div className={styles.field}>
        <span>{name}</span>
        <span className={styles.chosen}>
          {track.title}
          <Button look="bare" aria-label={`${name}: any track`} onClick={() => onChoose(null)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </span>
      </div>
    )
  return (
    <div className={styles.field}>
      <label htmlFor={fieldId}>{name}</label>
      <input
        id={fieldId}
        type="search"
        placeholder={placeholder}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {asked !== '' && data && (
        <ul className={styles.found} aria-label={`Tracks for: ${name}`}>
          {data.tracks.map(({ id, title, artist }) => (
            <li key={id}>
              <Button
                look="bare"
                onClick={() => {
                  setText('')
                  onChoose({ id, title })
                }}
              >
                {title} <span className="quiet">{artist}</span>
              </Button>
            </li>
          ))}
          {data.total === 0 && <li className="quiet">No track is called that.</li>}
        </ul>
      )}
    </div>
  )
}
