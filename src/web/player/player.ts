import { create } from 'zustand'
import { ApiProblem } from '../../api/contract/client.ts'
import { problem } from '../../api/contract/fields.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'

/** In seconds. */
export type Stretch = { readonly from: number; readonly to: number }

type PlayerState = {
  readonly trackId: number | null
  readonly title: string
  readonly isPlaying: boolean
  readonly durationSeconds: number
  /** The stretch that repeats. */
  readonly loop: Stretch | null
}

export const usePlayer = create<PlayerState>(() => ({
  trackId: null,
  title: '',
  isPlaying: false,
  durationSeconds: 0,
  loop: null,
}))

const audio = new Audio()
audio.preload = 'auto'
/** Where a stretch that is heard once ends. */
let stopAt: number | null = null

audio.addEventListener('play', () => usePlayer.setState({ isPlaying: true }))
audio.addEventListener('pause', () => usePlayer.setState({ isPlaying: false }))
audio.addEventListener('durationchange', () => {
  if (Number.isFinite(audio.duration)) usePlayer.setState({ durationSeconds: audio.duration })
})
/** An audio element does not tell why it failed, so the server is asked for one byte of the same file and gives the reason. */
const tellWhy = async (trackId: number): Promise<void> => {
  const answer = await fetch(`/api/tracks/${trackId}/audio`, { headers: { range: 'bytes=0-0' } })
  if (!answer.ok) throw new ApiProblem(problem.parse(await answer.json()))
  notify({
    tone: 'problem',
    title: 'This browser cannot play the track',
    detail: 'Its file is there, but of a format that only Algiers reads. It can be labelled all the same.',
  })
}
audio.addEventListener('error', () => {
  const { trackId } = usePlayer.getState()
  if (trackId === null) return
  pause()
  tellWhy(trackId).catch(notifyProblem)
})

const turnOrStop = (): void => {
  const { loop } = usePlayer.getState()
  if (loop && audio.currentTime >= loop.to) audio.currentTime = loop.from
  if (stopAt !== null && audio.currentTime >= stopAt) pause()
}
/** Loops turn and stretches end within a frame of the screen; the element's own events come only four times a second. */
const watch = (): void => {
  turnOrStop()
  if (!audio.paused) requestAnimationFrame(watch)
}
audio.addEventListener('play', () => requestAnimationFrame(watch))
// A page that is out of sight has no frames.
audio.addEventListener('timeupdate', turnOrStop)

/** In seconds. */
export const position = (): number => audio.currentTime

export const seek = (seconds: number): void => {
  audio.currentTime = Math.max(0, seconds)
}

const pause = (): void => {
  stopAt = null
  audio.pause()
}

/** Makes a track the one that is played, silent until `play`. */
export const load = (trackId: number, title: string): void => {
  if (usePlayer.getState().trackId === trackId) return
  pause()
  audio.src = `/api/tracks/${trackId}/audio`
  usePlayer.setState({ trackId, title, loop: null, durationSeconds: 0 })
}

export const play = (): void => {
  stopAt = null
  if (audio.error) audio.load()
  // The error event tells a refusal; a play that a pause overtook is no refusal.
  audio.play().catch(() => {})
}

export const toggle = (): void => (audio.paused ? play() : pause())

export const setLoop = (loop: Stretch | null): void => {
  usePlayer.setState({ loop })
  if (loop && (audio.currentTime < loop.from || audio.currentTime >= loop.to)) seek(loop.from)
}

/** Plays a stretch once and stops. */
export const playStretch = ({ from, to }: Stretch): void => {
  usePlayer.setState({ loop: null })
  seek(from)
  play()
  stopAt = to
}

/** Plays a track from its beginning; the track that is already loaded goes on or pauses. */
export const playTrack = ({ id, title }: { readonly id: number; readonly title: string }): void => {
  const isLoaded = usePlayer.getState().trackId === id
  load(id, title)
  if (isLoaded) toggle()
  else play()
}

/** Whether it plays, and not only a stretch of it to be heard once. */
export const isPlayingOn = (): boolean => !audio.paused && stopAt === null

/** Ends a stretch early: a person who goes elsewhere has heard enough. */
export const endStretch = (): void => {
  if (stopAt !== null) pause()
}

/** Plays a stretch of any track once. */
export const playPart = ({ id, title }: { readonly id: number; readonly title: string }, stretch: Stretch): void => {
  load(id, title)
  playStretch(stretch)
}

/** Lets go of the track. */
export const unload = (): void => {
  pause()
  usePlayer.setState({ trackId: null, title: '', loop: null, durationSeconds: 0 })
  audio.removeAttribute('src')
  audio.load()
}

const VOLUME_STORED_AS = 'algiers.volume'

/** 0 to 1. */
export const volume = (): number => audio.volume

export const changeVolume = (share: number): void => {
  audio.volume = Math.max(0, Math.min(1, share))
  localStorage.setItem(VOLUME_STORED_AS, String(audio.volume))
}

const keptVolume = Number(localStorage.getItem(VOLUME_STORED_AS) ?? 1)
if (keptVolume >= 0 && keptVolume <= 1) audio.volume = keptVolume
