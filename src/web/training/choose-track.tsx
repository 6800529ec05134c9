import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useId, useState } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { useRested } from '../kit/use-rested.ts'
import { queryOf } from '../queries/query-of.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import styles from './import-dialog.module.css'

const SHOWN_TRACKS = 6
const TYPING_RESTS_MS = 200

/** "~/old/01 - Summer Nights.jams" is looked for as "Summer Nights". */
const likelyTitle = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/^\d+[\s.-]*/, '')

type ChooseTrackProps = {
  /** What the file calls it. */
  readonly name: string
  readonly isBusy: boolean
  readonly onChoose: (track: TrackRow) => void
}

/** Looks for the track that a file means, beginning with what its name says. */
export const ChooseTrack = ({ name, isBusy, onChoose }: ChooseTrackProps): ReactElement => {
  const [text, setText] = useState(likelyTitle(name))
  const fieldId = useId()
  const { data, error } = useQuery({
    ...queryOf('listTracks', { query: { q: useRested(text.trim(), TYPING_RESTS_MS), limit: SHOWN_TRACKS } }),
    placeholderData: (before) => before,
  })
  return (
    <div className={styles.choice}>
      <label htmlFor={fieldId}>Track for {name}</label>
      <input id={fieldId} type="search" value={text} onChange={({ target }) => setText(target.value)} />
      {error && <ProblemNote error={error} />}
      <ul aria-label={`Tracks for ${name}`}>
        {data?.tracks.map((track) => (
          <li key={track.id}>
            <Button disabled={isBusy} onClick={() => onChoose(track)}>
              {track.title} <span className="quiet">{track.artist}</span>
            </Button>
          </li>
        ))}
      </ul>
      {data?.total === 0 && (
        <p className="quiet" role="status">
          No track is called that. Try fewer letters.
        </p>
      )}
    </div>
  )
}
