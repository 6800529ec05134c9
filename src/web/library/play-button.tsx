import { Pause, Play } from 'lucide-react'
import type { ReactElement } from 'react'
import { toggle, usePlayer } from '../player/player.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import styles from './track-cells.module.css'

type PlayButtonProps = { readonly track: TrackRow; readonly onPlay: (track: TrackRow) => void }

/** Shows which track is in the player, and whether it plays. */
export const PlayButton = ({ track, onPlay }: PlayButtonProps): ReactElement => {
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
