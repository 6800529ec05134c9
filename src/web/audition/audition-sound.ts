import { create } from 'zustand'
import { type MixBeat, mixBeats } from '../../core/mixing/mix-range.ts'
import type { MixedTrack } from '../../core/mixing/plan-mix.ts'
import { clickAt } from '../player/metronome.ts'
import { pausePlayer, usePlayer } from '../player/player.ts'
import { type Decks, playDecks } from './deck-graph.ts'

type SoundState = {
  readonly isPlaying: boolean
  readonly hasMetronome: boolean
  /** Seconds from where the audition begins. */
  readonly position: number
}

export const useSound = create<SoundState>(() => ({ isPlaying: false, hasMetronome: false, position: 0 }))

/** As the decks are sent, so that none is resampled. */
const RATE_HZ = 44_100
/** What is scheduled sounds so long after it was asked for. */
const LEAD_SECONDS = 0.05

let context: AudioContext | null = null
let decks: Decks | null = null
let beats: readonly MixBeat[] = []
let stops: readonly (() => void)[] = []
/** When, by the clock of the context, the audition would have begun at its beginning. */
let zero = 0

export const soundContext = (): AudioContext => {
  context ??= new AudioContext({ sampleRate: RATE_HZ })
  return context
}

const lengthOf = ({ range }: Decks): number => range.endSeconds - range.startSeconds

/** Where the audition is. */
export const soundPosition = (): number => {
  const { isPlaying, position } = useSound.getState()
  return isPlaying && context !== null ? Math.max(position, context.currentTime - zero) : position
}

const silence = (): void => {
  for (const stop of stops) stop()
  stops = []
}

export const pauseSound = (): void => {
  const position = soundPosition()
  silence()
  useSound.setState({ isPlaying: false, position })
}

const start = (): void => {
  if (decks === null) return
  const sound = soundContext()
  void sound.resume()
  silence()
  const { position, hasMetronome } = useSound.getState()
  const when = sound.currentTime + LEAD_SECONDS
  zero = when - position
  const clicks = hasMetronome
    ? beats.flatMap(({ seconds, isDownbeat }) => {
        const at = seconds - decks!.range.startSeconds - position
        return at < 0 ? [] : [clickAt(sound, when + at, isDownbeat)]
      })
    : []
  stops = [playDecks(sound, decks, { position, when }), ...clicks]
  useSound.setState({ isPlaying: true })
}

export const playSound = (): void => {
  if (decks === null) return
  pausePlayer()
  if (useSound.getState().position >= lengthOf(decks) - LEAD_SECONDS) useSound.setState({ position: 0 })
  start()
}

export const seekSound = (seconds: number): void => {
  const position = Math.max(0, Math.min(decks === null ? 0 : lengthOf(decks), seconds))
  useSound.setState({ position })
  if (useSound.getState().isPlaying) start()
}

export const toggleSoundMetronome = (): void => {
  const position = soundPosition()
  useSound.setState(({ hasMetronome }) => ({ hasMetronome: !hasMetronome, position }))
  if (useSound.getState().isPlaying) start()
}

/** Other decks, or other ways to mix them: what plays goes on with them. */
export const loadDecks = (loaded: Decks | null, mixed: readonly MixedTrack[] = []): void => {
  const position = soundPosition()
  decks = loaded
  beats = loaded === null ? [] : mixBeats(loaded.mix, mixed, loaded.range)
  if (loaded === null) {
    silence()
    useSound.setState({ isPlaying: false, position: 0 })
    return
  }
  useSound.setState({ position: Math.min(position, lengthOf(loaded)) })
  if (useSound.getState().isPlaying) start()
}

/** Stops at the end. Called with each frame while it plays. */
export const stopAtEnd = (): void => {
  if (decks !== null && soundPosition() >= lengthOf(decks)) pauseSound()
}

// One thing is heard at a time.
usePlayer.subscribe(({ isPlaying }) => isPlaying && useSound.getState().isPlaying && pauseSound())
