import { UserError } from '../../core/support/user-error.ts'
import type { AudioFormat } from './audio-files.ts'
import type { ChildRequest } from './child-protocol.ts'
import { createJoinedSink, type JoinedSink } from './joined-sink.ts'
import { mpegFrameAt, readEncoderFrame } from './mpeg-frames.ts'
import { surveyMpeg } from './mpeg-survey.ts'
import { findOggLinks } from './ogg-pages.ts'
import { readOpusGain } from './opus-head.ts'
import { type Bytes, readAt } from './read-bytes.ts'
import type { SinkOpener, SourceFacts } from './sound-sink.ts'
import { createTrimmer, type Trimmer } from './trim-samples.ts'
import { WASM_DECODERS } from './wasm-decoders.ts'

const CHUNK_BYTES = 1 << 18
/** Samples by which a decoder of MPEG layer 3 is late. */
const MPEG_DELAY = 529

/** A decoder of Opus plays one channel in two as it is. */
const OPUS_MONO_GAIN = 1

/** One stream of a file, and how its samples become sound. */
type Part = {
  readonly format: AudioFormat
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
  readonly channels: number | null
  readonly gain: number
  readonly trim: Trimmer | null
  /** Damaged places that are known already. */
  readonly damaged: number
}

const mpegPart = async (file: Bytes, { start, end }: ChildRequest): Promise<Part> => {
  const head = await readAt(file, start, 4096)
  const frame = mpegFrameAt(head, 0)
  const encoder = readEncoderFrame(head)
  const { frames, gaps } = await surveyMpeg(file, start, end)
  const padding = encoder?.padding ?? null
  // Where frames were cut out or added since, nobody knows how much of the last one is padding.
  const isWhole = frame !== null && encoder?.frames === frames - 1 && gaps === 0
  const to =
    isWhole && padding ? encoder.frames * frame.samples - padding.behind + MPEG_DELAY : Number.POSITIVE_INFINITY
  const trim = padding && createTrimmer({ from: padding.before + MPEG_DELAY, to })
  return { format: 'mp3', ranges: [{ start, end }], channels: frame?.channels ?? null, gain: 1, trim, damaged: gaps }
}

const partsOf = async (file: Bytes, request: ChildRequest): Promise<readonly Part[]> => {
  const { format, start, end } = request
  if (format === 'mp3') return [await mpegPart(file, request)]
  const plain = { format, channels: null, gain: 1, trim: null, damaged: 0 }
  if (format !== 'opus' && format !== 'vorbis') return [{ ...plain, ranges: [{ start, end }] }]
  const links = await findOggLinks(file, start, end)
  return Promise.all(
    links.map(async (link) => ({
      ...plain,
      ...link,
      gain: format === 'opus' ? await readOpusGain(file, link.ranges[0]!.start) : 1,
    })),
  )
}

const requireMemory = ({ maxMemoryBytes, limits }: ChildRequest): void => {
  if (process.memoryUsage.rss() <= maxMemoryBytes) return
  const detail = `${limits.path}: decoding needs more than ${maxMemoryBytes >> 20} MiB`
  throw new UserError('DECODER_OUT_OF_MEMORY', detail)
}

/** @returns the number of damaged frames */
const decodePart = async <Heard>(file: Bytes, part: Part, { sink, request }: Decoding<Heard>): Promise<number> => {
  const decoder = await WASM_DECODERS[part.format]!()
  await decoder.ready
  let [damaged, sampleRate] = [0, 0]
  const pass = (planes: readonly Float32Array[]): void => {
    if ((planes[0]?.length ?? 0) === 0) return
    if (part.gain !== 1)
      for (const plane of planes) for (let n = 0; n < plane.length; n++) plane[n] = plane[n]! * part.gain
    sink.push(planes, sampleRate)
  }
  const take = ({ channelData, sampleRate: rate, errors }: Awaited<ReturnType<typeof decoder.decode>>): void => {
    damaged += errors.length
    requireMemory(request)
    if ((channelData[0]?.length ?? 0) === 0) return
    sampleRate = rate
    const planes = part.channels === null ? channelData : channelData.slice(0, part.channels)
    pass(part.trim === null ? planes : part.trim(planes))
  }
  for (const { start, end } of part.ranges)
    for (let at = start; at < end; at += CHUNK_BYTES)
      take(await decoder.decode(await readAt(file, at, Math.min(CHUNK_BYTES, end - at))))
  if (decoder.flush !== undefined) take(await decoder.flush())
  decoder.free()
  return Math.max(damaged, part.damaged)
}

type Decoding<Heard> = { readonly sink: JoinedSink<Heard>; readonly request: ChildRequest }

/**
 * Decodes MP3, FLAC, Ogg Vorbis and Opus by WebAssembly; runs in the child process only.
 * @throws UserError AUDIO_DECODE_FAILED when nothing usable comes out, DECODER_OUT_OF_MEMORY, and those of the sink
 */
export const decodeInChild = async <Heard>(
  file: Bytes,
  request: ChildRequest,
  open: SinkOpener<Heard>,
): Promise<Heard & SourceFacts> => {
  const { limits, format } = request
  const sink = createJoinedSink(open, limits, format === 'opus' ? OPUS_MONO_GAIN : undefined)
  let damaged = 0
  const parts = await partsOf(file, request)
  for (const part of parts) damaged += await decodePart(file, part, { sink, request })
  const joined = sink.finish()
  if (joined === null)
    throw new UserError('AUDIO_DECODE_FAILED', `${limits.path}: no sound could be decoded (${damaged} damaged frames)`)
  const { channels, sampleRate } = joined.format
  const warnings = [
    ...(damaged > 0 ? [`${damaged} damaged frames were skipped`] : []),
    ...(parts.length > 1 ? [`${parts.length} recordings follow one another in this file`] : []),
    ...(joined.changes > 0 ? ['The rate or the channels change on the way'] : []),
  ]
  return {
    ...joined.heard,
    channels,
    sourceSampleRate: sampleRate,
    decoder: format,
    declaredSeconds: null,
    warnings,
  }
}
