import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { FLAG_WORDS } from '../../core/quality/flag-words.ts'
import { countText } from '../../core/units/count-text.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { timeText } from '../kit/words/time-text.ts'
import { seek } from '../player/player.ts'
import type { TrackDocument } from '../queries/use-track.ts'
import { useDeskTools } from './desk-context.ts'
import styles from './recording-notes.module.css'
import { moveView } from './view.ts'

type Flag = NonNullable<TrackDocument['quality']>[number]

/** A longer list would fill the desk. */
const MOST_PLACES = 8

/** Other tracks by their titles, each a way there; copies of the same file, which share this track's title, by their number. */
const Duplicates = ({
  files,
  tracks,
}: {
  readonly files: readonly string[]
  readonly tracks: NonNullable<Flag['tracks']>
}): ReactElement => {
  const copies = files.length - tracks.length
  return (
    <span className="quiet">
      {tracks.map(({ track_id, title }) => (
        <Link key={track_id} to={deskPath(track_id)}>
          {title}
        </Link>
      ))}
      {copies > 0 && (
        <span title={files.slice(0, copies).join('\n')}>
          {countText(copies, 'copy of this file', 'copies of this file')}
        </span>
      )}
    </span>
  )
}

/** What is wrong with the recording, and where: what will be heard first, each place a way there. */
export const RecordingNotes = ({ flags }: { readonly flags: readonly Flag[] }): ReactElement | null => {
  const { desk } = useDeskTools()
  if (flags.length === 0) return null
  const inOrder = flags.toSorted((a, b) => Number(b.severity === 'warning') - Number(a.severity === 'warning'))
  const warnings = inOrder.filter(({ severity }) => severity === 'warning').length
  const go = (seconds: number): void => {
    seek(seconds)
    moveView(desk, seconds)
  }
  return (
    <details className={styles.notes}>
      <summary>
        {countText(flags.length, 'note')} about the recording
        {warnings > 0 && <span className={styles.warnings}>, {warnings} worth a look</span>}
      </summary>
      <ul>
        {inOrder.map(({ code, severity, spans, files, tracks = [] }) => (
          <li key={code} data-severity={severity}>
            {FLAG_WORDS[code]}
            {spans.slice(0, MOST_PLACES).map(({ start_seconds: start }) => (
              <Button
                key={start}
                look="bare"
                aria-label={`${FLAG_WORDS[code]}: go to ${timeText(start)}`}
                onClick={() => go(start)}
              >
                {timeText(start)}
              </Button>
            ))}
            {spans.length > MOST_PLACES && <span className="quiet">and {spans.length - MOST_PLACES} more places</span>}
            {files && <Duplicates files={files} tracks={tracks} />}
          </li>
        ))}
      </ul>
    </details>
  )
}
