import { stopPreview, togglePreview, usePreview } from '../player/preview.ts'
import type { GraphTrack } from './graph-model.ts'
import { useGraph } from './graph-state.ts'

type Heard = Pick<GraphTrack, 'id' | 'durationSeconds'>

/** A pointer that only passes by is not meant. */
const REST_MS = 350
/** Where most tracks have their full sound, and so much of it. */
const [HEARD_FROM, HEARD_SECONDS] = [0.35, 20] as const

const keyOf = ({ id }: Heard): string => `graph ${id}`

const stretchOf = ({ durationSeconds }: Heard): { readonly from: number; readonly to: number } => {
  const from = (durationSeconds ?? 0) * HEARD_FROM
  return { from, to: from + HEARD_SECONDS }
}

/** Plays a part of a track, or stops it. */
export const hearTrack = (track: Heard): void => togglePreview(keyOf(track), track.id, stretchOf(track))

let waiting: ReturnType<typeof setTimeout> | undefined
let hovered: string | null = null

/** Plays the track under the pointer while it stays there, where that is wished for. */
export const hearOnHover = (track: Heard | null): void => {
  clearTimeout(waiting)
  if (hovered !== null && usePreview.getState().key === hovered) stopPreview()
  hovered = null
  if (track === null || !useGraph.getState().look.hearsOnHover) return
  // Before the first click or key a browser plays nothing.
  if (!navigator.userActivation.hasBeenActive) return
  waiting = setTimeout(() => {
    hovered = keyOf(track)
    if (usePreview.getState().key !== hovered) hearTrack(track)
  }, REST_MS)
}
