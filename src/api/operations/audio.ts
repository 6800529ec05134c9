import { z } from 'zod'
import { PEAKS_FORMAT } from '../../core/audio/waveform-peaks.ts'
import { BYTES_TYPE, media, wholeNumber } from './fields.ts'
import { operationsOf } from './operation.ts'
import { trackParams } from './track-line.ts'

/** By extension; never what a browser would run, whatever the file's name says. */
export const AUDIO_TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.flac': 'audio/flac',
  '.wav': 'audio/wav',
  '.aif': 'audio/aiff',
  '.aiff': 'audio/aiff',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.oga': 'audio/ogg',
  '.mp2': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.m4b': 'audio/mp4',
  '.mp4': 'audio/mp4',
  '.webm': 'audio/webm',
  '.aac': 'audio/aac',
}

const types = new Set([...Object.values(AUDIO_TYPES), BYTES_TYPE])
const response = {
  200: media('The whole file, also when several ranges are asked for.', ...types),
  206: media('The range that was asked for.', ...types),
  304: z.null().describe('The file is the one that If-None-Match or If-Modified-Since names.'),
}

const { get } = operationsOf('tracks')

export const audioOperations = {
  trackAudio: get('/api/tracks/:id/audio', {
    summary: 'Sends the file of a track, whole or in ranges.',
    params: trackParams,
    response,
  }),
  audio: get('/api/audio', {
    summary: 'Sends the file of the library that has this path, for older clients.',
    query: z.strictObject({ path: z.string().min(1).max(8192) }),
    response,
  }),
  waveform: get('/api/tracks/:id/waveform', {
    summary: 'Sends the peaks of a track in three bands.',
    params: trackParams,
    /** `PEAKS_FORMAT` of `audio/waveform-peaks.ts`: with it and a digest as id, the address names these bytes for ever. */
    query: z.strictObject({ format: wholeNumber(z.literal(PEAKS_FORMAT)).optional() }),
    response: {
      200: media('As `audio/waveform-peaks.ts` encodes peaks.', BYTES_TYPE),
      304: z.null().describe('The peaks are those that If-None-Match names.'),
    },
  }),
}
