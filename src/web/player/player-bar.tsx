import { Pause, Play, SquarePen, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Link, useLocation } from 'react-router'
import { Button } from '../elements/button.tsx'
import { KeyBadge } from '../elements/key-badge.tsx'
import { SectionStrip } from '../elements/section-strip.tsx'
import { useTrack } from '../queries/use-track.ts'
import { Elapsed } from './elapsed.tsx'
import { toggle, unload, usePlayer } from './player.ts'
import styles from './player-bar.module.css'
import { Scrubber } from './scrubber.tsx'
import { Volume } from './volume.tsx'

const Loaded = ({ trackId, title }: { readonly trackId: number; readonly title: string }): ReactElement => {
  const isPlaying = usePlayer((state) => state.isPlaying)
  const heard = usePlayer((state) => state.durationSeconds)
  const { data: track } = useTrack(trackId)
  const durationSeconds = track?.duration_seconds ?? heard
  return (
    <section className={styles.bar} aria-label="Player">
      <Button look="main" className={styles.play ?? ''} aria-label={isPlaying ? 'Pause' : 'Play'} onClick={toggle}>
        {isPlaying ? <Pause size={17} aria-hidden="true" /> : <Play size={17} aria-hidden="true" />}
      </Button>
      <div className={styles.track}>
        <strong title={title}>{title}</strong>
        <span className="quiet figures">
          {[track?.tempo_bpm && `${track.tempo_bpm.toFixed(1)} BPM`, track?.artist].filter(Boolean).join(' · ')}
        </span>
      </div>
      {track && <KeyBadge camelot={track.camelot} name={track.key} />}
      <div className={styles.wave}>
        <Scrubber trackId={trackId} title={title} durationSeconds={durationSeconds} />
        {track?.strip && <SectionStrip strip={track.strip} />}
      </div>
      <Elapsed durationSeconds={durationSeconds} />
      <Volume />
      <Link className={styles.open} to={`/training?track=${trackId}`} aria-label={`Open ${title} in Training`}>
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
  const { pathname, search } = useLocation()
  const isOnDesk = pathname === '/training' && new URLSearchParams(search).get('track') === String(trackId)
  return trackId === null || isOnDesk ? null : <Loaded trackId={trackId} title={title} />
}
