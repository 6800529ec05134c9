import type { GridVersion } from '../core/beats/grid-version.ts'
import { mainTempo } from '../core/beats/main-tempo.ts'
import type { Terminal } from './terminal.ts'

/** What every command that edits a grid shows. */
export const showGrid = (terminal: Terminal, { trackId, version, edit, grid }: GridVersion): void =>
  terminal.result(
    {
      track_id: trackId,
      version,
      edit,
      tempo_bpm: mainTempo(grid),
      first_downbeat: grid.firstDownbeat,
      first_phrase: grid.firstPhrase,
      beat_count: grid.beatCount,
    },
    () => [
      `Grid version ${version}: ${mainTempo(grid).toFixed(2)} BPM, first downbeat ${grid.firstDownbeat}, first phrase ${grid.firstPhrase}`,
      'Labels kept their place in the music. Analyse again with: algiers library scan',
    ],
  )
