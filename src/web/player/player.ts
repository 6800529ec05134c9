import { create } from 'zustand'
import { ApiProblem, addressOf } from '../../api/operations/client.ts'
import { problem } from '../../api/operations/fields.ts'
import { client } from '../kit/client.ts'
import { makeTurns } from '../kit/in-turn.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { type Playback, usePlayback } from './playback.ts'
import type { PlayedTrack, PlayingOrder } from './playing-order.ts'
import { unplayableWords } from './unplayable-words.ts'

/** In seconds. */
export type Stretch = { readonly from: number; readonly to: number }

type PlayerState = {
  readonly trackId: number | null
  readonly title: string
  readonly isPlaying: boolean
  readonly durationSeconds: number
  /** The stretch that repeats. */
  readonly loop: Stretch | null
  /** The list that it was started from; null while there is no track. */
  readonly order: PlayingOrder | null
}

export const usePlayer = create<PlayerState>(() => ({
  trackId: null,
  title: '',
  isPlaying: false,
  durationSeconds: 0,
  loop: null,
  order: null,
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
  const answer = await fetch(addressOf('trackAudio', { params: { id: trackId } }), { headers: { range: 'bytes=0-0' } })
  if (!answer.ok) throw new ApiProblem(problem.parse(await answer.json()))
  const track = await client.track({ params: { id: trackId } }).catch(() => null)
  notify({ tone: 'problem', ...unplayableWords(track) })
}
audio.addEventListener('error', () => {
  const { trackId } = usePlayer.getState()
  if (trackId === null) return
  pausePlayer()
  tellWhy(trackId).catch(notifyProblem)
})

const turnOrStop = (): void => {
  const { loop } = usePlayer.getState()
  if (loop && audio.currentTime >= loop.to) audio.currentTime = loop.from
  if (stopAt !== null && audio.currentTime >= stopAt) pausePlayer()
}
/** Loops turn and stretches end within a frame of the screen; the element's own events come only four times a second. */
const watch = (): void => {
  turnOrStop()
  if (!audio.paused) requestAnimationFrame(watch)
}
audio.addEventListener('play', () => requestAnimationFrame(watch))
// A page that is out of sight has no frames.
audio.addEventListener('timeupdate', turnOrStop)

/** How fast it plays: 1 is as recorded. */
export const rate = (): number => audio.playbackRate

/** In seconds. */
export const position = (): number => audio.currentTime

export const seek = (seconds: number): void => {
  audio.currentTime = Math.max(0, seconds)
}

export const pausePlayer = (): void => {
  stopAt = null
  audio.pause()
}

/** While a desk is open it keeps its own track: the player goes to no other. */
let holds = 0
export const holdTrack = (): (() => void) => {
  holds++
  return () => {
    holds--
  }
}

/** Whether a list leads on from the track. */
export const isInList = (): boolean => holds === 0 && usePlayer.getState().order !== null

const stepTo = async (direction: 1 | -1): Promise<boolean> => {
  const { trackId, order } = usePlayer.getState()
  if (trackId === null || order === null || !isInList()) return false
  const next = await order(trackId, direction)
  // Another was chosen meanwhile.
  if (next === null || usePlayer.getState().trackId !== trackId) return next !== null
  load(next.id, next.title, order)
  play()
  return true
}

const inTurn = makeTurns()
/** The track before or after in the list: two presses in a row are two steps. @returns false at its end */
export const playNeighbour = (direction: 1 | -1): Promise<boolean> => inTurn(() => stepTo(direction))

audio.addEventListener('ended', () => {
  if (usePlayback.getState().isGoingOn) playNeighbour(1).catch(notifyProblem)
})

/** Makes a track the one that is played, silent until `play`. */
export const load = (trackId: number, title: string, order: PlayingOrder): void => {
  // A track that is loaded already keeps the list that it came from.
  if (usePlayer.getState().trackId === trackId) return
  pausePlayer()
  audio.src = addressOf('trackAudio', { params: { id: trackId } })
  usePlayer.setState({ trackId, title, loop: null, durationSeconds: 0, order })
}

export const play = (): void => {
  stopAt = null
  if (audio.error) audio.load()
  // The error event tells a refusal; a play that a pause overtook is no refusal.
  audio.play().catch(() => {})
}

export const toggle = (): void => (audio.paused ? play() : pausePlayer())

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
export const playTrack = ({ id, title }: PlayedTrack, order: PlayingOrder): void => {
  const isLoaded = usePlayer.getState().trackId === id
  load(id, title, order)
  usePlayer.setState({ order })
  if (isLoaded) toggle()
  else play()
}

/** Whether it plays, and not only a stretch of it to be heard once. */
export const isPlayingOn = (): boolean => !audio.paused && stopAt === null

/** Ends a stretch early: a person who goes elsewhere has heard enough. */
export const endStretch = (): void => {
  if (stopAt !== null) pausePlayer()
}

/** Plays a stretch of any track once. */
export const playPart = ({ id, title }: PlayedTrack, stretch: Stretch, order: PlayingOrder): void => {
  load(id, title, order)
  playStretch(stretch)
}

/** Lets go of the track. */
export const unload = (): void => {
  pausePlayer()
  usePlayer.setState({ trackId: null, title: '', loop: null, durationSeconds: 0, order: null })
  audio.removeAttribute('src')
  audio.load()
}

const applyPlayback = ({ tempoPercent, isKeyLocked }: Playback): void => {
  const share = 1 + tempoPercent / 100
  // Each new file begins at the usual rate.
  audio.defaultPlaybackRate = share
  audio.playbackRate = share
  audio.preservesPitch = isKeyLocked
}
applyPlayback(usePlayback.getState())
usePlayback.subscribe(applyPlayback)

const VOLUME_STORED_AS = 'algiers.volume'

/** 0 to 1. */
export const volume = (): number => audio.volume

export const changeVolume = (share: number): void => {
  audio.volume = Math.max(0, Math.min(1, share))
  localStorage.setItem(VOLUME_STORED_AS, String(audio.volume))
}

const keptVolume = Number(localStorage.getItem(VOLUME_STORED_AS) ?? 1)
if (keptVolume >= 0 && keptVolume <= 1) audio.volume = keptVolume

/** The keys of keyboards and headphones that are there for this. */
const media: MediaSession | undefined = navigator.mediaSession
media?.setActionHandler('nexttrack', () => void playNeighbour(1).catch(notifyProblem))
media?.setActionHandler('previoustrack', () => void playNeighbour(-1).catch(notifyProblem))
