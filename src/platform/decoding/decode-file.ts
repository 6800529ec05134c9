import type { DecodedAudio } from '../../core/audio/audio.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Seconds } from '../../core/units/units.ts'
import { describeTruncation, readDeclaredSeconds } from './declared-length.ts'
import { decodeInOwnProcess } from './decode-child.ts'
import { decodeWithFfmpeg } from './decode-ffmpeg.ts'
import { decodePcm } from './decode-pcm.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import { type SniffedFile, sniffFile } from './open-audio.ts'
import { WASM_DECODERS } from './wasm-decoders.ts'

export type DecodeOptions = {
  /** `auto`: the fastest one available; `builtin`: no system program; `ffmpeg`: ffmpeg or an error. @default 'auto' */
  readonly decoder?: 'auto' | 'builtin' | 'ffmpeg'
  /** Wall time after which the decoder is killed. @default 120 */
  readonly timeoutSeconds?: Seconds
  /** Longer audio is refused, since tracks are shorter than a recorded night. @default 7200 */
  readonly maxDurationSeconds?: Seconds
  /** Resident memory at which the process of the built-in decoders gives up. @default 2 GiB */
  readonly maxMemoryBytes?: number
  readonly signal?: AbortSignal
}

type Plan = 'pcm' | 'ffmpeg' | 'wasm'

const choosePlan = (
  sniffed: SniffedFile | null,
  wanted: DecodeOptions['decoder'],
  ffmpeg: string | null,
): Plan | null => {
  if (wanted === 'ffmpeg') return ffmpeg === null ? null : 'ffmpeg'
  if (sniffed?.format === 'wav' || sniffed?.format === 'aiff') return 'pcm'
  if (wanted !== 'builtin' && ffmpeg !== null) return 'ffmpeg'
  return sniffed !== null && WASM_DECODERS[sniffed.format] !== undefined ? 'wasm' : null
}

/** ffmpeg may know a format that the bytes do not reveal; a file that it does not know either is not audio. */
const sniffOrAsk = async (path: string, askFfmpeg: boolean): Promise<SniffedFile | null> =>
  sniffFile(path).catch((error: unknown) => {
    if (askFfmpeg && error instanceof UserError && error.code === 'AUDIO_FORMAT_UNKNOWN') return null
    throw error
  })

/**
 * Decodes a file to mono at 22,050 Hz with its loudness. Every decoder gives the same timeline: declared encoder delay and padding are
 * cut off.
 * @throws UserError any of the catalogue's AUDIO_… and DECODER_… codes; `signal.reason` when aborted
 */
export const decodeFile = async (path: string, options: DecodeOptions = {}): Promise<DecodedAudio> => {
  const { decoder = 'auto', timeoutSeconds = 120, maxDurationSeconds = 7200, maxMemoryBytes = 2 ** 31 } = options
  const ffmpeg = decoder === 'builtin' ? null : findFfmpeg()
  const sniffed = await sniffOrAsk(path, ffmpeg !== null)
  const plan = choosePlan(sniffed, decoder, ffmpeg)
  if (plan === null)
    throw new UserError('DECODER_MISSING', `${path}: this format needs ffmpeg, which is not on the PATH`)
  const limits = { path, maxDurationSeconds }
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal])
  try {
    if (plan === 'pcm') {
      const pcm = await decodePcm(sniffed!, limits, signal).catch((error: unknown) => {
        if (ffmpeg !== null && error instanceof UserError && error.code === 'DECODER_MISSING') return null
        throw error
      })
      if (pcm !== null) return pcm
    }
    const audio =
      plan !== 'wasm'
        ? await decodeWithFfmpeg(ffmpeg!, limits, signal)
        : await decodeInOwnProcess({ sniffed: sniffed!, limits, maxMemoryBytes }, signal)
    const declaredSeconds = sniffed === null ? null : await readDeclaredSeconds(path, sniffed)
    const truncation = describeTruncation(declaredSeconds, audio.durationSeconds)
    return { ...audio, declaredSeconds, warnings: [...(truncation === null ? [] : [truncation]), ...audio.warnings] }
  } catch (error) {
    if (timeout.aborted && options.signal?.aborted !== true)
      throw new UserError('DECODER_TIMEOUT', `${path}: not decoded after ${timeoutSeconds} s`, {}, error)
    if (sniffed === null && error instanceof UserError && error.code === 'AUDIO_DECODE_FAILED')
      throw new UserError('AUDIO_FORMAT_UNKNOWN', `${path}: the contents are no audio format known here`, {}, error)
    throw error
  }
}
