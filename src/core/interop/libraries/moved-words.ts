import type { Seconds } from '../../units/units.ts'

/** What is said of cues that lie at the times of a program that begins a track at another moment; nothing where none was moved. */
export const movedWords = (seconds: Seconds): string | null => {
  const milliseconds = Math.round(Math.abs(seconds) * 1000)
  return milliseconds === 0
    ? null
    : `${milliseconds} ms ${seconds < 0 ? 'earlier' : 'later'}, where the program hears them`
}
