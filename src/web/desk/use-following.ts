import { useCallback, useRef } from 'react'
import { usePlayer } from '../player/player.ts'
import type { DeskStore } from './desk-store.ts'
import { moveView } from './view.ts'

/**
 * The view turns the page when the playhead comes to its end while the track plays. It stays where it is while a gesture is under
 * way, and once the person has scrolled elsewhere.
 * @returns to be told where the playhead is, in seconds
 */
export const useFollowing = (desk: DeskStore, onMoved: (seconds: number) => void): ((seconds: number) => void) => {
  const last = useRef(0)
  return useCallback(
    (seconds) => {
      const { view, preview } = desk.getState()
      const wasInView = last.current >= view.from && last.current <= view.to
      last.current = seconds
      onMoved(seconds)
      if (usePlayer.getState().isPlaying && wasInView && seconds > view.to && preview === null) moveView(desk, seconds)
    },
    [desk, onMoved],
  )
}
