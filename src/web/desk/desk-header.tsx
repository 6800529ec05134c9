import { type ReactElement, useCallback } from 'react'
import { secondsToBeats } from '../../core/beats/beat-grid.ts'
import { Elapsed } from '../player/elapsed.tsx'
import { Volume } from '../player/volume.tsx'
import type { TrackDocument } from '../queries/use-track.ts'
import { placeInBars } from '../waveform/paint-grid.ts'
import { useDesk } from './desk-context.ts'
import styles from './desk-header.module.css'

const SAVING = { saved: 'Saved', saving: 'Saving…', waiting: 'Not saved yet: tries again' } as const

/** Which track it is, what is known of it, and whether everything is saved. */
export const DeskHeader = ({ track }: { readonly track: TrackDocument }): ReactElement => {
  const saving = useDesk((state) => state.saving)
  const said = useDesk((state) => state.said)
  const tap = useDesk((state) => state.tap)
  const grid = useDesk((state) => state.grid)
  const durationSeconds = useDesk((state) => state.durationSeconds)
  const barAt = useCallback(
    (seconds: number) => `, bar ${placeInBars(grid, Math.max(0, Math.floor(secondsToBeats(grid, seconds) + 1e-6)))}`,
    [grid],
  )
  return (
    <header className={styles.header}>
      <h2>
        {track.title}
        {track.artist && <span className="quiet"> {track.artist}</span>}
      </h2>
      <span className="figures">{track.tempo_bpm === null ? '–' : `${track.tempo_bpm.toFixed(2)} BPM`}</span>
      <span className="figures">{track.camelot ?? '–'}</span>
      <Elapsed durationSeconds={durationSeconds} alsoAt={barAt} />
      {tap && (
        <strong>
          {tap.kind} since beat {tap.startBeat}: the next key ends it, Enter too
        </strong>
      )}
      <span className={styles.end}>
        <Volume />
      </span>
      <span className={styles.saving} data-saving={saving}>
        {SAVING[saving]}
      </span>
      <span className="sr-only" role="status">
        {said}
      </span>
    </header>
  )
}
