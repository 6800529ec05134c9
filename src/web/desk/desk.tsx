import { type ReactElement, useEffect } from 'react'
import { Link } from 'react-router'
import { ApiProblem } from '../../api/operations/client.ts'
import { client } from '../kit/client.ts'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { usePageTitle } from '../kit/use-page-title.ts'
import { usePeaks, useTrack } from '../queries/use-track.ts'
import styles from './desk.module.css'
import { OpenDesk } from './open-desk.tsx'
import { UnreadTrack } from './unread-track.tsx'

const MissingTrack = (): ReactElement => (
  <section className={styles.unread} role="alert">
    <h2>This track is not in the library</h2>
    <p>It was removed, or the address belongs to another library.</p>
    <Link to="/library">Back to the library</Link>
  </section>
)

type DeskProps = {
  readonly trackId: number
  /** Where to begin: the start of a section, in beats. */
  readonly beat: number | null
}

/** The labelling desk of one track, as soon as the track has a grid to put labels on. */
export const Desk = ({ trackId, beat }: DeskProps): ReactElement => {
  const { data: track, error } = useTrack(trackId)
  const { data: peaks, error: unheard } = usePeaks(trackId)
  usePageTitle(track?.title ?? 'Desk')
  useEffect(() => {
    // A track that is not there is told of below, and everything else works without this.
    client.openTrack({ params: { id: trackId } }).catch(() => {})
  }, [trackId])
  if (error instanceof ApiProblem && error.problem.code === 'TRACK_NOT_FOUND') return <MissingTrack />
  if (error) return <ProblemNote error={error} />
  if (track === undefined) return <p className={styles.waiting}>Loading…</p>
  if (track.grid === null || track.duration_seconds === null) return <UnreadTrack track={track} />
  return (
    <>
      {unheard && <ProblemNote error={unheard} />}
      <OpenDesk key={trackId} track={track} peaks={peaks} beat={beat} />
    </>
  )
}
