import { create } from 'zustand'
import { addressOf } from '../../api/operations/client.ts'
import { notify } from '../kit/notices.tsx'
import { pausePlayer, type Stretch, usePlayer } from './player.ts'

/** What is heard beside the track of the player, which keeps its place. */
export const usePreview = create<{ readonly key: string | null }>(() => ({ key: null }))

const audio = new Audio()
let endsAt = 0

export const stopPreview = (): void => {
  audio.pause()
  usePreview.setState({ key: null })
}

audio.addEventListener('timeupdate', () => audio.currentTime >= endsAt && stopPreview())
audio.addEventListener('ended', stopPreview)
audio.addEventListener('error', () => {
  if (usePreview.getState().key === null) return
  stopPreview()
  notify({ tone: 'problem', title: 'This browser cannot play the other track' })
})
usePlayer.subscribe(({ isPlaying }) => isPlaying && usePreview.getState().key !== null && stopPreview())

/** Plays a stretch of any track once; asked for again, it stops. @param key tells stretches apart */
export const togglePreview = (key: string, trackId: number, { from, to }: Stretch): void => {
  if (usePreview.getState().key === key) {
    stopPreview()
    return
  }
  pausePlayer()
  usePreview.setState({ key })
  endsAt = to
  // A new source forgets an old error.
  audio.src = `${addressOf('trackAudio', { params: { id: trackId } })}#t=${from},${to}`
  audio.currentTime = from
  audio.play().catch(() => {})
}
