import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { timeText } from '../kit/words/time-text.ts'
import { seek } from '../player/player.ts'
import type { TrackDocument } from '../queries/use-track.ts'
import { useDeskTools } from './desk-context.ts'
import styles from './recording-notes.module.css'
import { moveView } from './view.ts'

type Flag = NonNullable<TrackDocument['quality']>[number]

const WORDS: Readonly<Record<Flag['code'], string>> = {
  clipping: 'Clipped: peaks are cut off',
  near_silence: 'Nearly silent',
  long_lead_in: 'Long silence before the music',
  long_tail: 'Long silence after the music',
  dc_offset: 'DC offset',
  mono: 'Mono: both channels are identical',
  inverted_phase: 'Channels out of phase: much of it disappears in mono',
  upscaled: 'Upsampled from a low bit rate',
  hum: 'Mains hum',
  speech: 'Someone is speaking',
  noise: 'Noise instead of music',
  not_music: 'Mostly no music',
  truncated: 'The end is missing',
  wrong_duration: 'The file states the wrong length',
  variable_tempo: 'The tempo changes',
  doubtful_grid: 'The beat grid is doubtful',
  doubtful_key: 'The key is doubtful',
  duplicate_audio: 'The library has this recording more than once',
}
/** A longer list would fill the desk. */
const MOST_PLACES = 8

/** What is wrong with the recording, and where: what will be heard first, each place a way there. */
export const RecordingNotes = ({ flags }: { readonly flags: readonly Flag[] }): ReactElement | null => {
  const { desk } = useDeskTools()
  if (flags.length === 0) return null
  const inOrder = flags.toSorted((a, b) => Number(b.severity === 'warning') - Number(a.severity === 'warning'))
  const warnings = inOrder.filter(({ severity }) => severity === 'warning').length
  const go = (seconds: number): void => {
    seek(seconds)
    moveView(desk, seconds)
  }
  return (
    <details className={styles.notes}>
      <summary>
        {flags.length} {flags.length === 1 ? 'note' : 'notes'} about the recording
        {warnings > 0 && <span className={styles.warnings}>, {warnings} worth a look</span>}
      </summary>
      <ul>
        {inOrder.map(({ code, severity, spans, files }) => (
          <li key={code} data-severity={severity}>
            {WORDS[code]}
            {spans.slice(0, MOST_PLACES).map(({ start_seconds: start }) => (
              <Button
                key={start}
                look="bare"
                aria-label={`${WORDS[code]}: go to ${timeText(start)}`}
                onClick={() => go(start)}
              >
                {timeText(start)}
              </Button>
            ))}
            {spans.length > MOST_PLACES && <span className="quiet">and {spans.length - MOST_PLACES} more places</span>}
            {files && <span className="quiet">{files.join(', ')}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
