import { type ReactElement, useCallback } from 'react'
import { secondsToBeats } from '../../core/beats/beat-grid.ts'
import { placeText } from '../../core/labels/bar-text.ts'
import { keyInNotation } from '../../core/library/key-notation.ts'
import { Tempo } from '../kit/elements/tempo.tsx'
import { useDisplay } from '../kit/words/display.ts'
import { Elapsed } from '../player/elapsed.tsx'
import { heardBpm, usePlayback } from '../player/playback.ts'
import { TempoControl } from '../player/tempo-control.tsx'
import { Volume } from '../player/volume.tsx'
import type { TrackDocument } from '../queries/use-track.ts'
import { useDesk } from './desk-context.ts'
import styles from './desk-header.module.css'
import { gridOf } from './desk-store.ts'

/** An audio element rounds the place that it is sent to. */
const ON_BEAT_TOLERANCE = 0.001

const SAVING = { saved: 'Saved', saving: 'Saving…', waiting: 'Not saved yet: tries again' } as const

/** Which track it is, what is known of it, and whether everything is saved. */
export const DeskHeader = ({ track }: { readonly track: TrackDocument }): ReactElement => {
  const playback = usePlayback()
  const notation = useDisplay((state) => state.keyNotation)
  const saving = useDesk((state) => state.saving)
  const said = useDesk((state) => state.said)
  const tap = useDesk((state) => state.tap)
  const grid = useDesk(gridOf)
  const durationSeconds = useDesk((state) => state.durationSeconds)
  const barAt = useCallback(
    (seconds: number) =>
      `, bar ${placeText(grid, Math.max(0, Math.floor(secondsToBeats(grid, seconds) + ON_BEAT_TOLERANCE)))}`,
    [grid],
  )
  return (
    <header className={styles.header}>
      <h2>
        {track.title}
        {track.artist && <span className="quiet"> {track.artist}</span>}
      </h2>
      <span className="figures">
        {track.tempo_bpm === null ? (
          '–'
        ) : (
          <>
            <Tempo
              bpm={heardBpm(track.tempo_bpm, playback)}
              decimals={2}
              whose={heardBpm(track.tempo_bpm, playback) === track.tempo_bpm ? 'the grid' : 'the player'}
            />{' '}
            BPM
          </>
        )}
      </span>
      <span className="figures">{track.camelot === null ? '–' : keyInNotation(track.camelot, notation)}</span>
      <Elapsed durationSeconds={durationSeconds} alsoAt={barAt} />
      {tap && (
        <strong>
          {tap.kind} since bar {placeText(grid, tap.startBeat)}: the next key ends it, Enter too
        </strong>
      )}
      <span className={`${styles.said} quiet`} role="status" title={said}>
        {said}
      </span>
      <span className={styles.end}>
        <TempoControl />
        <Volume />
      </span>
      <span className={styles.saving} data-saving={saving}>
        {SAVING[saving]}
      </span>
    </header>
  )
}
