import type { App } from '../app.ts'
import { withProgressBar } from './progress-bar.ts'
import type { Terminal } from './terminal.ts'

/** Suggestions are what a version has read; where no server runs, nothing has read since it was activated. */
export const readMissing = async (terminal: Terminal, app: App): Promise<void> => {
  await withProgressBar(terminal, 'Reading tracks with the active model', (update) =>
    app.reading.readMissing({ signal: terminal.signal, onProgress: (fraction) => update(fraction, '') }),
  )
}
