import { beatsToSeconds } from '../core/beats/beat-grid.ts'
import type { GridVersion } from '../core/beats/grid-version.ts'
import { mainTempo } from '../core/beats/main-tempo.ts'
import { preciseClock } from '../core/units/clock.ts'
import type { Terminal } from './terminal.ts'

/** What every command that edits a grid shows. */
export const showGrid = (terminal: Terminal, { trackId, version, edit, grid }: GridVersion): void => {
  const timeOf = (beat: number): string => preciseClock(beatsToSeconds(grid, beat))
  terminal.result(
    {
      track_id: trackId,
      version,
      edit,
      tempo_bpm: mainTempo(grid),
      first_downbeat: grid.firstDownbeat,
      first_phrase: grid.firstPhrase,
      later_phrases: grid.laterPhrases ?? [],
      beat_count: grid.beatCount,
    },
    () => [
      `Grid version ${version}: ${mainTempo(grid).toFixed(2)} BPM, first bar at ${timeOf(grid.firstDownbeat)}, first phrase at ${timeOf(grid.firstPhrase)}`,
      ...(grid.laterPhrases === undefined
        ? []
        : [`Phrases begin anew at ${new Intl.ListFormat('en').format(grid.laterPhrases.map(timeOf))}`]),
      'Labels kept their place in the music. Analyse again with: algiers library scan',
    ],
  )
}
