import type { DecodedAudio } from '../../core/audio/audio.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { AudioFormat } from './audio-files.ts'
import type { ChildReply, ChildRequest } from './child-protocol.ts'
import { createJoinedSink, type JoinedSink } from './joined-sink.ts'
import { mpegFrameAt, readEncoderFrame } from './mpeg-frames.ts'
import { findOggLinks } from './ogg-pages.ts'
import { readOpusGain } from './opus-head.ts'
import { type Bytes, readAt } from './read-bytes.ts'
import { createTrimmer, type Trimmer } from './trim-samples.ts'
import { WASM_DECODERS } from './wasm-decoders.ts'

const CHUNK_BYTES = 1 << 18
/** Samples by which a decoder of MPEG layer 3 is late. */
const MPEG_DELAY = 529

/** One stream of a file, and how its samples become sound. */
type Part = {
  readonly format: AudioFormat
  readonly start: number
  readonly end: number
  readonly channels: number | null
  readonly gain: number
  readonly trimmer: Trimmer | null
}

const mpegPart = async (file: Bytes, { start, end }: ChildRequest): Promise<Part> => {
  const head = await readAt(file, start, 4096)
  const frame = mpegFrameAt(head, 0)
  const encoder = readEncoderFrame(head)
  const padding = encoder?.padding ?? null
  const total = frame && encoder?.frames ? encoder.frames * frame.samples : null
  const trimmer =
    padding &&
    createTrimmer({
      before: padding.before + MPEG_DELAY,
      behind: Math.max(0, padding.behind - MPEG_DELAY),
      total,
    })
  return { format: 'mp3', start, end, channels: frame?.channels ?? null, gain: 1, trimmer }
}

const partsOf = async (file: Bytes, request: ChildRequest): Promise<readonly Part[]> => {
  const { format, start, end } = request
  if (format === 'mp3') return [await mpegPart(file, request)]
  const plain = { format, channels: null, gain: 1, trimmer: null }
  if (format !== 'opus' && format !== 'vorbis') return [{ ...plain, start, end }]
  const links = await findOggLinks(file, start, end)
  return Promise.all(
    links.map(async (link) => ({
      ...plain,
      ...link,
      gain: format === 'opus' ? await readOpusGain(file, link.start) : 1,
    })),
  )
}

const requireMemory = ({ maxMemoryBytes, limits }: ChildRequest): void => {
  if (process.memoryUsage.rss() <= maxMemoryBytes) return
  const detail = `${limits.path}: decoding needs more than ${maxMemoryBytes >> 20} MiB`
  throw new UserError('DECODER_OUT_OF_MEMORY', detail)
}

/** @returns the number of damaged frames */
const decodePart = async (file: Bytes, part: Part, { sink, request }: Decoding): Promise<number> => {
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
    pass(part.trimmer === null ? planes : part.trimmer.take(planes))
  }
  for (let at = part.start; at < part.end; at += CHUNK_BYTES)
    take(await decoder.decode(await readAt(file, at, Math.min(CHUNK_BYTES, part.end - at))))
  if (decoder.flush !== undefined) take(await decoder.flush())
  if (part.trimmer !== null) pass(part.trimmer.finish())
  decoder.free()
  return damaged
}

type Decoding = { readonly sink: JoinedSink; readonly request: ChildRequest }

/**
 * Decodes MP3, FLAC, Ogg Vorbis and Opus by WebAssembly; runs in the child process only.
 * @throws UserError AUDIO_DECODE_FAILED when nothing usable comes out, DECODER_OUT_OF_MEMORY, and those of the sink
 */
export const decodeInChild = async (file: Bytes, request: ChildRequest): Promise<ChildReply> => {
  const { limits, format } = request
  const sink = createJoinedSink(limits)
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
  const audio: DecodedAudio = {
    ...joined.sink.finish(),
    channels,
    sourceSampleRate: sampleRate,
    decoder: format,
    declaredSeconds: null,
    warnings,
  }
  return { kind: 'done', audio }
}
