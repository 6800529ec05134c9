import { TriangleAlert } from 'lucide-react'
import { memo, type ReactElement, type ReactNode } from 'react'
import { isUnreadable } from '../../core/library/lasting-failure.ts'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { Tempo } from '../kit/elements/tempo.tsx'
import { useDisplay } from '../kit/words/display.ts'
import { musicalKeyText } from '../kit/words/musical-key-text.ts'
import { dayText, timeText } from '../kit/words/time-text.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import { TrackStrip } from '../waveform/track-strip.tsx'
import { ColourCell, CommentCell, MyTagsCell, RatingCell } from './note-cells.tsx'
import { PlayButton } from './play-button.tsx'
import type { Column } from './table-columns.ts'
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
  stale: 'Analysed by an earlier version, or changed since: “Scan again” updates it',
  'not analysed': '“Scan again” analyses it, unless a job already does',
  missing: 'Its file is no longer in your folders. Your work on it is kept: relocate it, or add its folder again',
  offline: 'Connect the drive, then “Scan again”',
}

const Missing = ({ why = 'not analysed' }: { readonly why?: string }): ReactElement => (
  <span className="quiet" title={why}>
    –
  </span>
)

/** What the file says, or a dash. */
const told = (value: ReactNode): ReactNode => value ?? <Missing why="not named in the file" />

const KeyWord = ({ name }: { readonly name: string }): ReactElement | null => {
  const notation = useDisplay((state) => state.keyNotation)
  return notation === 'musical' ? null : <span className={styles.word}>{musicalKeyText(name)}</span>
}

const CELLS: Readonly<Record<Exclude<Column, 'title'>, (track: TrackRow) => ReactNode>> = {
  artist: ({ artist }) => told(artist),
  bpm: ({ tempo_bpm }) => (tempo_bpm === null ? <Missing /> : <Tempo bpm={tempo_bpm} />),
  'tag bpm': ({ tag_bpm }) => told(tag_bpm && <Tempo bpm={tag_bpm} whose="the tags of the file" />),
  key: ({ camelot, key }) => (
    <>
      <KeyBadge camelot={camelot} name={key} />
      {key !== null && <KeyWord name={key} />}
    </>
  ),
  'tag key': ({ tag_key, tag_camelot }) =>
    told(tag_camelot ? <KeyBadge camelot={tag_camelot} name={`${tag_key} in the file`} /> : tag_key),
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
  sections: ({ strip }) => <TrackStrip strip={strip} />,
  labels: ({ labels }) => (labels === 0 ? <span className="quiet">0</span> : labels),
  rating: (track) => <RatingCell track={track} />,
  colour: (track) => <ColourCell track={track} />,
  'my tags': (track) => <MyTagsCell track={track} />,
  comment: (track) => <CommentCell track={track} />,
  genre: ({ genre }) => told(genre),
  year: ({ year }) => told(year),
  added: ({ added_at }) => <span title={new Date(added_at).toLocaleString('en-GB')}>{dayText(added_at)}</span>,
  format: ({ format }) => format ?? <Missing why="not read yet: “Scan again” reads it" />,
  'bit rate': ({ bit_rate_kbps }) =>
    bit_rate_kbps === null ? (
      <Missing why="not known, or not read yet: “Scan again” reads it" />
    ) : (
      `${bit_rate_kbps} kbps`
    ),
  loudness: ({ loudness_lufs }) => (loudness_lufs === null ? <Missing /> : `${loudness_lufs.toFixed(1)} LUFS`),
  'doubtful grid': ({ doubtful_grid }) => {
    if (doubtful_grid === null) return <Missing />
    return doubtful_grid ? (
      <span className={styles.doubt} title="The tempo may be wrong: check the grid on the desk">
        <TriangleAlert size={13} aria-hidden="true" /> doubtful
      </span>
    ) : (
      <span className="quiet">no</span>
    )
  },
  path: ({ path }) => (path === null ? <Missing why="no file" /> : <span title={path}>{path}</span>),
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

/** One track, as far as it is known. */
export const TrackCells = memo(
  ({ track, columns, onPlay }: TrackCellsProps): ReactElement => (
    <>
      {columns.map((column) =>
        column === 'title' ? (
          <div key={column} role="gridcell" className={styles.title}>
            <PlayButton track={track} onPlay={onPlay} />
            {track.notes.colour && (
              <i
                role="img"
                className={styles.mark}
                aria-label={`Colour ${track.notes.colour}`}
                style={{ background: `var(--note-${track.notes.colour})` }}
              />
            )}
            <span title={track.path ?? undefined}>{track.title}</span>
          </div>
        ) : (
          <div key={column} role="gridcell" className="figures">
            {CELLS[column](track)}
          </div>
        ),
      )}
    </>
  ),
)
