import type { ErrorCode } from '../support/error-catalogue.ts'

/** The file is broken, or of a kind that no decoder here knows: its sound cannot be read. */
const UNREADABLE = [
  'AUDIO_EMPTY',
  'AUDIO_FORMAT_UNKNOWN',
  'AUDIO_NO_STREAM',
  'AUDIO_DECODE_FAILED',
  'AUDIO_NOT_FINITE',
  'DECODER_MISSING',
  'DECODER_TIMEOUT',
  'DECODER_CRASHED',
  'DECODER_OUT_OF_MEMORY',
] as const satisfies readonly ErrorCode[]

/** The sound is whole, but there is nothing in it to analyse. */
const UNSUITED = [
  'AUDIO_TOO_SHORT',
  'AUDIO_TOO_LONG',
  'AUDIO_SILENT',
  'BEATS_NOT_FOUND',
] as const satisfies readonly ErrorCode[]

export const UNREADABLE_CODES: readonly string[] = UNREADABLE
const LASTING_CODES: readonly string[] = [...UNREADABLE, ...UNSUITED]

export const isUnreadable = (code: string): boolean => UNREADABLE_CODES.includes(code)

/**
 * Whether another try would end in the same way, since the reason lies in the sound: a repaired file has other audio, so
 * it is another track. A decoder that was missing may have been installed meanwhile.
 * @param hasFfmpeg whether the decoder that reads most is there now
 */
export const isLasting = (code: string, { hasFfmpeg }: { readonly hasFfmpeg: boolean }): boolean =>
  LASTING_CODES.includes(code) && !(code === 'DECODER_MISSING' && hasFfmpeg)
