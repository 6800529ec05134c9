import { type DragEvent, type RefObject, useState } from 'react'
import type { TrackRow } from '../queries/use-tracks.ts'
import { useLibrary } from './library-state.ts'
import { drag, droppedTracks, isDragged, showCount } from './playlists/dragged.ts'
import { moveTracks } from './playlists/playlist-edits.ts'
import type { Playlist } from './playlists/playlist-tree.ts'

type Rows = {
  readonly body: RefObject<HTMLElement | null>
  readonly rowPixels: number
  readonly total: number
  readonly rowAt: (index: number) => TrackRow | null
  /** The playlist whose own order is shown, so that tracks can be dropped between its rows. */
  readonly ordered: Playlist | null
}

type DraggedTracks = {
  /** Between which rows they would be dropped: in front of the row with this index; null for nowhere. */
  readonly place: number | null
  readonly handlers: {
    readonly onDragStart: (event: DragEvent) => void
    readonly onDragOver: (event: DragEvent) => void
    readonly onDragLeave: (event: DragEvent) => void
    readonly onDrop: (event: DragEvent) => void
  }
}

/** Drags the selected tracks, or the one under the pointer, to a playlist, or to another place of the one that is open. */
export const useDraggedTracks = ({ body, rowPixels, total, rowAt, ordered }: Rows): DraggedTracks => {
  const [place, setPlace] = useState<number | null>(null)
  const placeOf = ({ clientY }: DragEvent): number => {
    const { top } = body.current!.getBoundingClientRect()
    return Math.max(0, Math.min(total, Math.round((clientY - top) / rowPixels)))
  }
  return {
    place,
    handlers: {
      onDragStart: (event) => {
        const row = (event.target as Element).closest<HTMLElement>('[data-index]')
        const track = row && rowAt(Number(row.dataset.index))
        if (!track) return
        const { selected } = useLibrary.getState()
        const ids = selected.has(track.id) ? [...selected] : [track.id]
        drag(event, 'tracks', ids)
        showCount(event, ids.length)
      },
      onDragOver: (event) => {
        if (ordered === null || !isDragged(event, 'tracks')) return
        event.preventDefault()
        setPlace(placeOf(event))
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setPlace(null)
      },
      onDrop: (event) => {
        const trackIds = droppedTracks(event)
        setPlace(null)
        if (ordered === null || trackIds === null) return
        event.preventDefault()
        const before = rowAt(placeOf(event))?.id ?? null
        moveTracks(ordered.id, trackIds, before)
      },
    },
  }
}
