import { Pause, Play } from 'lucide-react'
import { memo, type ReactElement, type ReactNode } from 'react'
import { isUnreadable } from '../../core/library/lasting-failure.ts'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { SectionStrip } from '../kit/elements/section-strip.tsx'
import { musicalKeyText } from '../kit/words/musical-key-text.ts'
import { timeText } from '../kit/words/time-text.ts'
import { toggle, usePlayer } from '../player/player.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import type { Column } from './library-state.ts'
import styles from './track-cells.module.css'

const STATES: Readonly<Record<TrackRow['state'], string>> = {
  ok: 'analysed',
  stale: 'out of date',
  'not analysed': 'not analysed',
  failed: 'cannot be analysed',
  missing: 'missing',
  offline: 'drive offline',
}

/** What to do about it, where there is something to do. */
const NEXT: Readonly<Partial<Record<TrackRow['state'], string>>> = {
  stale: 'Analysed by an earlier version, or changed since: “Scan again” reads it anew',
  'not analysed': '“Scan again” analyses it, if no job does already',
  missing: 'No folder holds its file any more. What you made of it is kept: relocate it, or add its folder again',
  offline: 'Connect the drive, then “Scan again”',
}

const Missing = (): ReactElement => (
  <span className="quiet" title="not analysed">
    –
  </span>
)

const CELLS: Readonly<Record<Column, (track: TrackRow) => ReactNode>> = {
  artist: ({ artist }) =>
    artist ?? (
      <span className="quiet" title="not named in the file">
        –
      </span>
    ),
  bpm: ({ tempo_bpm }) => (tempo_bpm === null ? <Missing /> : tempo_bpm.toFixed(1)),
  key: ({ camelot, key }) => (
    <>
      <KeyBadge camelot={camelot} name={key} />
      {key !== null && <span className={styles.word}>{musicalKeyText(key)}</span>}
    </>
  ),
  energy: ({ energy }) =>
    energy === null ? (
      <Missing />
    ) : (
      <span className={styles.energy} title={`Energy ${energy} of 10`}>
        <span aria-hidden="true" className={styles.bar}>
          <span style={{ width: `${energy * 10}%` }} />
        </span>
        {energy}
      </span>
    ),
  duration: ({ duration_seconds }) => (duration_seconds === null ? <Missing /> : timeText(duration_seconds)),
  sections: ({ strip }) => <SectionStrip strip={strip} />,
  labels: ({ labels }) => (labels === 0 ? <span className="quiet">0</span> : labels),
  status: ({ state, failure }) => (
    <span className={styles.state} data-state={state} title={failure?.detail ?? NEXT[state]}>
      {failure && isUnreadable(failure.code) && state === 'failed' ? 'cannot be read' : STATES[state]}
    </span>
  ),
}

type TrackCellsProps = {
  readonly track: TrackRow
  readonly columns: readonly Column[]
  readonly onPlay: (track: TrackRow) => void
}

/** Shows which track is in the player, and whether it plays. */
const PlayButton = ({ track, onPlay }: Pick<TrackCellsProps, 'track' | 'onPlay'>): ReactElement => {
  const isLoaded = usePlayer(({ trackId }) => trackId === track.id)
  const isPlaying = usePlayer((state) => state.isPlaying) && isLoaded
  const Icon = isPlaying ? Pause : Play
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.play}
      data-loaded={isLoaded || undefined}
      aria-label={`${isPlaying ? 'Pause' : 'Play'} ${track.title}`}
      // The table keeps the focus, and with it its keys.
      onMouseDown={(event) => event.preventDefault()}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation()
        if (isLoaded) toggle()
        else onPlay(track)
      }}
    >
      <Icon size={13} aria-hidden="true" />
    </button>
  )
}

/** One track, as far as it is known. */
export const TrackCells = memo(
  ({ track, columns, onPlay }: TrackCellsProps): ReactElement => (
    <>
      <div role="gridcell" className={styles.title}>
        <PlayButton track={track} onPlay={onPlay} />
        <span title={track.path ?? undefined}>{track.title}</span>
      </div>
      {columns.map((column) => (
        <div key={column} role="gridcell" className="figures">
          {CELLS[column](track)}
        </div>
      ))}
    </>
  ),
)
