import type { DecodedAudio } from '../../core/audio/audio.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Seconds } from '../../core/units/units.ts'
import { type AnalysedSound, createAnalysisSink } from './analysis-sink.ts'
import type { ChildReply } from './child-protocol.ts'
import { describeDeclared, readDeclaredSeconds } from './declared-length.ts'
import { decodeInOwnProcess } from './decode-child.ts'
import { decodeWithFfmpeg } from './decode-ffmpeg.ts'
import { decodePcm } from './decode-pcm.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import { readStreamInfo, STREAM_INFO_BYTES } from './flac-header.ts'
import { findMpegFrames } from './mpeg-survey.ts'
import { describeOggEnd, isOggChain } from './ogg-end.ts'
import { type AudioSource, type OpenAudio, type SniffedFile, sniffAudio, withAudio } from './open-audio.ts'
import { pcmFileOpener, type WrittenSound } from './pcm-file-sink.ts'
import { readAt } from './read-bytes.ts'
import { closingSinks, type SinkLimits, type SinkOpener, type SourceFacts } from './sound-sink.ts'
import { WASM_DECODERS } from './wasm-decoders.ts'
import { findMpegInWav } from './wav-layout.ts'

export type DecodeOptions = Omit<AudioSource, 'path'> & {
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

const ANALYSED: Wanted<AnalysedSound> = {
  open: createAnalysisSink,
  into: null,
  heardBy: (reply) => (reply.kind === 'done' ? reply.audio : null),
}

/** ffmpeg may know a format that the bytes do not reveal; a file that it does not know either is not audio. */
const sniffOrAsk = (audio: OpenAudio, askFfmpeg: boolean): Promise<SniffedFile | null> =>
  sniffAudio(audio).catch((error: unknown) => {
    if (askFfmpeg && error instanceof UserError && error.code === 'AUDIO_FORMAT_UNKNOWN') return null
    throw error
  })

const FIRST_FRAMES_BYTES = 1 << 16

/** MPEG audio that is wrapped as WAV; null for anything else. */
const unwrap = async ({ bytes, path }: OpenAudio, sniffed: SniffedFile): Promise<SniffedFile | null> => {
  const { streamStart: start, sizeBytes } = sniffed
  const read = (position: number, length: number): Promise<Uint8Array> => readAt(bytes, position, length)
  const mpeg = sniffed.format === 'wav' ? await findMpegInWav({ read, start, sizeBytes, path }) : null
  if (mpeg === null) return null
  const streamStart = mpeg.start + (findMpegFrames(await read(mpeg.start, FIRST_FRAMES_BYTES)) ?? 0)
  return { ...sniffed, format: 'mp3', streamStart, streamEnd: Math.min(mpeg.start + mpeg.bytes, sizeBytes) }
}

/** What may make other players put the sound elsewhere. */
const warningsOf = (sniffed: SniffedFile, isWrapped: boolean): readonly string[] => [
  ...(sniffed.junkBytes > 0 ? [`${sniffed.junkBytes} bytes before the first frame are no sound`] : []),
  ...(isWrapped ? ['The sound is MP3 that is wrapped as WAV'] : []),
]

/** What the own reader does not read may be read by another; what it refuses as contradictory may not. */
const LEFT_TO_FFMPEG: readonly string[] = ['DECODER_MISSING', 'AUDIO_NO_STREAM']
/** What ffmpeg does not read may be read by what comes with this package. */
const LEFT_BY_FFMPEG: readonly string[] = [...LEFT_TO_FFMPEG, 'AUDIO_DECODE_FAILED']

/** Tries another decoder where one fails with one of these codes. The first failure is told where that one fails as well. */
const orElse = async <Sound>(
  decoding: Promise<Sound>,
  codes: readonly string[],
  other: (() => Promise<Sound>) | null,
): Promise<Sound> =>
  decoding.catch((error: unknown) => {
    if (other === null || !(error instanceof UserError) || !codes.includes(error.code)) throw error
    return other().catch((second: unknown) => {
      throw error.code === 'DECODER_MISSING' ? second : error
    })
  })

/** What is made of the sound, in this process and in that of the built-in decoders. */
type Wanted<Heard> = {
  readonly open: SinkOpener<Heard>
  /** The file that it is written into; null where it is analysed. */
  readonly into: string | null
  readonly heardBy: (reply: Exclude<ChildReply, { kind: 'failed' }>) => (Heard & SourceFacts) | null
}

type Decoding<Heard> = {
  readonly wanted: Wanted<Heard>
  readonly limits: SinkLimits
  readonly maxMemoryBytes: number
  readonly signal: AbortSignal
}

/** Whether a file holds whole numbers that fit into 16 bits. */
const holdsInt16 = async ({ bytes }: OpenAudio, { format, streamStart }: SniffedFile): Promise<boolean> =>
  format === 'flac' && (readStreamInfo(await readAt(bytes, streamStart, STREAM_INFO_BYTES))?.bits ?? 32) <= 16

const decodeBy = async <Heard>(
  {
    plan,
    ffmpeg,
    sniffed,
    isFree,
  }: {
    readonly plan: Plan
    readonly ffmpeg: string | null
    readonly sniffed: SniffedFile | null
    /** Whether another decoder may be taken where this one fails. */
    readonly isFree: boolean
  },
  audio: OpenAudio,
  decoding: Decoding<Heard>,
): Promise<Heard & SourceFacts> => {
  const { limits, maxMemoryBytes, signal, wanted } = decoding
  const { open, into, heardBy } = wanted
  const byFfmpeg = async (): Promise<Heard & SourceFacts> => {
    const isInt16 = sniffed !== null && (await holdsInt16(audio, sniffed))
    return decodeWithFfmpeg(ffmpeg!, audio, { open, limits, signal, isInt16 })
  }
  if (plan === 'pcm')
    return orElse(
      decodePcm(audio, sniffed!, { open, limits, signal }),
      LEFT_TO_FFMPEG,
      ffmpeg === null ? null : byFfmpeg,
    )
  const byOwnProcess = async (): Promise<Heard & SourceFacts> => {
    const { format, streamStart: start, streamEnd: end } = sniffed!
    const request = { format, start, end, limits, maxMemoryBytes, into }
    const heard = heardBy(await decodeInOwnProcess(audio.descriptor, request, signal))
    if (heard === null) throw new Error('The decoder answered another question')
    return heard
  }
  if (plan === 'wasm') return byOwnProcess()
  const isKnown = sniffed !== null && WASM_DECODERS[sniffed.format] !== undefined
  return orElse(byFfmpeg(), LEFT_BY_FFMPEG, isFree && isKnown ? byOwnProcess : null)
}

const decodeAudio = async <Heard extends { readonly durationSeconds: Seconds }>(
  audio: OpenAudio,
  options: DecodeOptions,
  wanted: Wanted<Heard>,
): Promise<Heard & SourceFacts> => {
  const { decoder = 'auto', timeoutSeconds = 120, maxDurationSeconds = 7200, maxMemoryBytes = 2 ** 31 } = options
  const { path } = audio
  const ffmpeg = decoder === 'builtin' ? null : findFfmpeg()
  const outer = await sniffOrAsk(audio, ffmpeg !== null)
  const wrapped = outer && (await unwrap(audio, outer))
  const sniffed = wrapped ?? outer
  // ffmpeg does not look for what the encoder put before and behind the sound where MP3 is wrapped, nor for the head of a second stream.
  const isOurs = wrapped !== null || (sniffed !== null && (await isOggChain(audio, sniffed)))
  const plan = choosePlan(sniffed, isOurs && decoder === 'auto' ? 'builtin' : decoder, ffmpeg)
  if (plan === null)
    throw new UserError('DECODER_MISSING', `${path}: this format needs ffmpeg, which is not on the PATH`)
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal])
  const limits = { path, maxDurationSeconds }
  try {
    const decoded = await closingSinks(wanted.open, (open) =>
      decodeBy({ plan, ffmpeg, sniffed, isFree: decoder === 'auto' }, audio, {
        wanted: { ...wanted, open },
        limits,
        maxMemoryBytes,
        signal,
      }),
    )
    if (plan === 'pcm' || sniffed === null) return decoded
    const declaredSeconds = await readDeclaredSeconds(audio, sniffed)
    const mismatch = describeDeclared(declaredSeconds, decoded.durationSeconds)
    const lengths = [mismatch, await describeOggEnd(audio, sniffed, decoded)].filter((told) => told !== null)
    const warnings = [...lengths, ...warningsOf(sniffed, wrapped !== null), ...decoded.warnings]
    return { ...decoded, declaredSeconds, warnings }
  } catch (error) {
    // Whoever called it off is told that, whatever the decoders made of it.
    options.signal?.throwIfAborted()
    if (timeout.aborted)
      throw new UserError('DECODER_TIMEOUT', `${path}: not decoded after ${timeoutSeconds} s`, {}, error)
    if (sniffed === null && error instanceof UserError && error.code === 'AUDIO_DECODE_FAILED')
      throw new UserError('AUDIO_FORMAT_UNKNOWN', `${path}: the contents are no audio format known here`, {}, error)
    throw error
  }
}

/**
 * Decodes a file to mono at 22,050 Hz with its loudness. Every decoder reads the same open file and gives the same timeline: declared
 * encoder delay and padding are cut off.
 * @throws UserError any of the catalogue's AUDIO_… and DECODER_… codes, OUTSIDE_LIBRARY; `signal.reason` when aborted
 */
export const decodeFile = (path: string, options: DecodeOptions = {}): Promise<DecodedAudio> =>
  withAudio({ path, folders: options.folders, found: options.found }, (audio) => decodeAudio(audio, options, ANALYSED))

/**
 * Decodes a file to stereo at the rate of mixes, into a file that must not be there yet, on the same timeline as `decodeFile`.
 * @throws as `decodeFile`, and errors of the file system
 */
export const decodeIntoFile = (
  path: string,
  into: string,
  options: DecodeOptions = {},
): Promise<WrittenSound & SourceFacts> =>
  withAudio({ path, folders: options.folders, found: options.found }, (audio) =>
    decodeAudio(audio, options, {
      open: pcmFileOpener(into),
      into,
      heardBy: (reply) => (reply.kind === 'written' ? reply.sound : null),
    }),
  )
