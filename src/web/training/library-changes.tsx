import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import type { libraryComparison } from '../../api/operations/comparisons.ts'
import { client } from '../kit/client.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { rowBars } from '../kit/words/row-bars.ts'
import { timeText } from '../kit/words/time-text.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import { TrackStrip } from '../waveform/track-strip.tsx'
import styles from './library-changes.module.css'

type LibraryComparison = z.output<typeof libraryComparison>
type ChangedTrack = LibraryComparison['tracks'][number]

const PAGE = 20
/** The most that the server gives at once. */
const MOST_TRACKS = 500
/** A row with more of them is too tall to be useful; the desk shows the rest. */
const MOST_PARTS = 4
const MOST_CHANGES = 6

const tracksText = (count: number): string => (count === 1 ? '1 track' : `${count} tracks`)

const Changed = ({
  track,
  versions,
}: {
  readonly track: ChangedTrack
  readonly versions: readonly number[]
}): ReactElement => (
  <li className={styles.track}>
    <div className={styles.name}>
      <Link to={deskPath(track.track_id, track.differences[0]!.start_beat)}>{track.title}</Link>
      <span className="quiet">{track.artist}</span>
      <span className="figures">{percentText(track.changed_share)} changed</span>
    </div>
    <div className={styles.strips}>
      {track.strips.map((strip, at) => (
        <div key={versions[at]} className={styles.strip}>
          <span className="quiet">v{versions[at]}</span>
          <TrackStrip strip={strip} />
        </div>
      ))}
    </div>
    <ul className={styles.parts}>
      {track.differences.slice(0, MOST_PARTS).map(({ start_beat, end_beat, start_seconds, one, other }) => (
        <li key={start_beat}>
          <Link to={deskPath(track.track_id, start_beat)}>
            {timeText(start_seconds)}, {rowBars({ ...track, start_beat, end_beat })}
          </Link>{' '}
          <KindChip kind={one} /> <span aria-hidden="true">→</span>
          <span className="sr-only">becomes</span> <KindChip kind={other} />
        </li>
      ))}
      {track.differences.length > MOST_PARTS && (
        <li className="quiet">and {track.differences.length - MOST_PARTS} more places</li>
      )}
    </ul>
  </li>
)

/** The tracks that a version has yet to read, and the button that has it read them. */
const Unread = ({ version, count }: { readonly version: number; readonly count: number }): ReactElement => {
  const queries = useQueryClient()
  const [isAsked, setIsAsked] = useState(false)
  const read = (): void => {
    setIsAsked(true)
    client
      .classify({ body: { version } })
      .then(() => refreshAfter(queries, 'job'))
      .catch((problem) => {
        setIsAsked(false)
        notifyProblem(problem)
      })
  }
  return (
    <p className={styles.unread}>
      v{version} has not read {tracksText(count)} yet, so {count === 1 ? 'it is' : 'they are'} not compared.{' '}
      <Button disabled={isAsked} onClick={read}>
        {isAsked ? `v${version} is reading…` : `Read ${count === 1 ? 'it' : 'them'} with v${version}`}
      </Button>
    </p>
  )
}

/** What becomes of the library if the other version is made active: which tracks, how much of them, and where. */
export const LibraryChanges = ({ one, other }: { readonly one: number; readonly other: number }): ReactElement => {
  const [limit, setLimit] = useState(PAGE)
  const { data, error } = useQuery({
    ...queryOf('compareLibrary', { query: { one, other, limit } }),
    placeholderData: keepPreviousData,
  })
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className="quiet">Comparing what both make of the library…</p>
  return (
    <section className={styles.changes} aria-label="Changes in the library">
      <h3>
        {data.tracks_compared === 0
          ? 'No track has been read by both'
          : `${data.tracks_changed} of ${tracksText(data.tracks_compared)} change, ${percentText(data.changed_share)} of the music`}
      </h3>
      {data.versions.map((version, at) =>
        data.tracks_unread[at]! > 0 ? <Unread key={version} version={version} count={data.tracks_unread[at]!} /> : null,
      )}
      {data.changes.length > 0 && (
        <ul className={styles.kinds} aria-label="What becomes what">
          {data.changes.slice(0, MOST_CHANGES).map(({ one: before, other: after, minutes }) => (
            <li key={`${before}${after}`}>
              <KindChip kind={before} /> <span aria-hidden="true">→</span>
              <span className="sr-only">becomes</span> <KindChip kind={after} />{' '}
              <span className="figures">{timeText(minutes * 60)}</span>
            </li>
          ))}
        </ul>
      )}
      <ol className={styles.tracks} aria-label="Tracks that change">
        {data.tracks.map((track) => (
          <Changed key={track.track_id} track={track} versions={data.versions} />
        ))}
      </ol>
      {data.tracks_changed > data.tracks.length && limit < MOST_TRACKS && (
        <Button onClick={() => setLimit(limit + PAGE)}>
          Show more ({data.tracks_changed - data.tracks.length} left)
        </Button>
      )}
    </section>
  )
}
