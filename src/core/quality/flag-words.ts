import type { QualityFlag } from './quality-flag.ts'

/** What each flag says to a person. */
export const FLAG_WORDS: Readonly<Record<QualityFlag['code'], string>> = {
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
  doubtful_phase: 'The grid may be half a beat off',
  doubtful_bars: 'The bars may start on another beat',
  doubtful_key: 'The key is doubtful',
  duplicate_audio: 'This recording is there more than once',
}

/** What the value of a flag counts, where the bare number says something to a person. */
const UNITS: Partial<Readonly<Record<QualityFlag['code'], string>>> = {
  clipping: 'peaks a minute',
  near_silence: 'LUFS',
  long_lead_in: 's',
  long_tail: 's',
  upscaled: 'Hz',
  hum: 'Hz',
  speech: 's',
  noise: 's',
  truncated: 's',
  wrong_duration: 's',
  variable_tempo: '%',
}

/** "Mains hum, 50 Hz". */
export const flagText = ({ code, value }: Pick<QualityFlag, 'code' | 'value'>): string => {
  const unit = UNITS[code]
  return value === null || unit === undefined
    ? FLAG_WORDS[code]
    : `${FLAG_WORDS[code]}, ${Number(value.toPrecision(3))} ${unit}`
}
