import { create } from 'zustand'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { clicksBetween } from './clicks.ts'
import { position, rate, usePlayer } from './player.ts'

/** Clicks are handed to the sound card so long before they sound: timers of a page come late. */
const AHEAD_SECONDS = 0.15
const EVERY_MS = 40
/** A jump of the playhead further than this begins anew. */
const JUMP_SECONDS = 0.08
const CLICK_SECONDS = 0.03

export const useMetronome = create<{ readonly isOn: boolean }>(() => ({ isOn: false }))

export const toggleMetronome = (): void => useMetronome.setState(({ isOn }) => ({ isOn: !isOn }))

let context: AudioContext | null = null

/** @returns what stops it before it sounds */
export const clickAt = (sound: BaseAudioContext, at: number, isDownbeat: boolean): (() => void) => {
  const oscillator = new OscillatorNode(sound, { frequency: isDownbeat ? 1800 : 1200 })
  const gain = new GainNode(sound, { gain: isDownbeat ? 0.5 : 0.3 })
  gain.gain.setTargetAtTime(0, at, CLICK_SECONDS / 4)
  oscillator.connect(gain).connect(sound.destination)
  oscillator.start(at)
  oscillator.stop(at + CLICK_SECONDS)
  return () => oscillator.disconnect()
}

/** Clicks on every beat of the grid while the track plays and the metronome is on. @returns what ends it */
export const runMetronome = (gridNow: () => BeatGrid): (() => void) => {
  /** Up to where clicks are handed over, in seconds of the track. */
  let done: number | null = null
  const timer = setInterval(() => {
    if (!useMetronome.getState().isOn || !usePlayer.getState().isPlaying) {
      done = null
      return
    }
    context ??= new AudioContext()
    void context.resume()
    const now = position()
    const until = now + AHEAD_SECONDS * rate()
    if (done === null || done < now - JUMP_SECONDS || done > until + JUMP_SECONDS) done = now
    for (const { seconds, isDownbeat } of clicksBetween(gridNow(), done, until))
      clickAt(context, context.currentTime + Math.max(0, seconds - now) / rate(), isDownbeat)
    done = Math.max(done, until)
  }, EVERY_MS)
  return () => clearInterval(timer)
}
