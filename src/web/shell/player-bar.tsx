import { Pause, Play, SkipBack, SkipForward, SquarePen, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Link, useLocation } from 'react-router'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { Tempo } from '../kit/elements/tempo.tsx'
import { Elapsed } from '../player/elapsed.tsx'
import { goTo } from '../player/go-to.ts'
import { heardBpm, usePlayback } from '../player/playback.ts'
import { toggle, unload, usePlayer } from '../player/player.ts'
import { TempoControl } from '../player/tempo-control.tsx'
import { Volume } from '../player/volume.tsx'
import { useTrack } from '../queries/use-track.ts'
import { Scrubber } from '../waveform/scrubber.tsx'
import { TrackStrip } from '../waveform/track-strip.tsx'
import styles from './player-bar.module.css'

const Loaded = ({ trackId, title }: { readonly trackId: number; readonly title: string }): ReactElement => {
  const isPlaying = usePlayer((state) => state.isPlaying)
  const order = usePlayer((state) => state.order)
  const playback = usePlayback()
  const heard = usePlayer((state) => state.durationSeconds)
  const { data: track } = useTrack(trackId)
  const durationSeconds = track?.duration_seconds ?? heard
  return (
    <section className={styles.bar} aria-label="Player">
      {order && (
        <Button look="bare" aria-label="Previous track" title="Shift P" onClick={() => goTo(-1)}>
          <SkipBack size={16} aria-hidden="true" />
        </Button>
      )}
      <Button look="main" className={styles.play ?? ''} aria-label={isPlaying ? 'Pause' : 'Play'} onClick={toggle}>
        {isPlaying ? <Pause size={17} aria-hidden="true" /> : <Play size={17} aria-hidden="true" />}
      </Button>
      {order && (
        <Button look="bare" aria-label="Next track" title="Shift N" onClick={() => goTo(1)}>
          <SkipForward size={16} aria-hidden="true" />
        </Button>
      )}
      <div className={styles.track}>
        <strong title={title}>{title}</strong>
        <span className="quiet figures">
          {track?.tempo_bpm && (
            <>
              <Tempo
                bpm={heardBpm(track.tempo_bpm, playback)}
                whose={heardBpm(track.tempo_bpm, playback) === track.tempo_bpm ? 'the grid' : 'the player'}
              />{' '}
              BPM
            </>
          )}
          {track?.tempo_bpm && track.artist && ' · '}
          {track?.artist}
        </span>
      </div>
      {track && <KeyBadge camelot={track.camelot} name={track.key} />}
      <div className={styles.wave}>
        <Scrubber trackId={trackId} title={title} durationSeconds={durationSeconds} />
        {track?.strip && <TrackStrip strip={track.strip} />}
      </div>
      <Elapsed durationSeconds={durationSeconds} />
      <TempoControl />
      <Volume />
      <Link className={styles.open} to={deskPath(trackId)} aria-label={`Open ${title} on the desk`}>
        <SquarePen size={16} aria-hidden="true" />
      </Link>
      <Button look="bare" aria-label="Close the player" onClick={unload}>
        <X size={16} aria-hidden="true" />
      </Button>
    </section>
  )
}

/** The track that is played, on every screen but the desk of the same track, which shows it larger. */
export const PlayerBar = (): ReactElement | null => {
  const trackId = usePlayer((state) => state.trackId)
  const title = usePlayer((state) => state.title)
  const { pathname } = useLocation()
  return trackId === null || pathname === deskPath(trackId) ? null : <Loaded trackId={trackId} title={title} />
}
