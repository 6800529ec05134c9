import type { ReactElement } from 'react'
import { ProblemNote } from '../elements/problem-note.tsx'
import { usePeaks, useTrack } from '../queries/use-track.ts'
import styles from './desk.module.css'
import { OpenDesk } from './open-desk.tsx'
import { UnreadTrack } from './unread-track.tsx'

/** The labelling desk of one track, as soon as the track has a grid to put labels on. */
export const Desk = ({ trackId }: { readonly trackId: number }): ReactElement => {
  const { data: track, error } = useTrack(trackId)
  const { data: peaks, error: unheard } = usePeaks(trackId)
  if (error) return <ProblemNote error={error} />
  if (track === undefined) return <p className={styles.waiting}>Loading…</p>
  if (track.grid === null || track.duration_seconds === null) return <UnreadTrack track={track} />
  return (
    <>
      {unheard && <ProblemNote error={unheard} />}
      <OpenDesk key={`${trackId}:${track.grid.version}`} track={track} grid={track.grid} peaks={peaks} />
    </>
  )
}
