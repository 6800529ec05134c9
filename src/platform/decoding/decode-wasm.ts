import { UserError } from '../../core/support/user-error.ts'
import type { AudioFormat } from './audio-files.ts'
import { inWaveOrder } from './channel-order.ts'
import type { ChildRequest } from './child-protocol.ts'
import { createJoinedSink, type JoinedSink } from './joined-sink.ts'
import { readMpegParts } from './mpeg-parts.ts'
import { findOggLinks } from './ogg-pages.ts'
import { readOpusHead } from './opus-head.ts'
import { type Bytes, readAt } from './read-bytes.ts'
import type { SinkOpener, SourceFacts } from './sound-sink.ts'
import type { Trimmer } from './trim-samples.ts'
import { WASM_DECODERS } from './wasm-decoders.ts'

const CHUNK_BYTES = 1 << 18
/** A decoder of Opus plays one channel in two as it is. */
const OPUS_MONO_GAIN = 1

/** One stream of a file, and how its samples become sound. */
type Part = {
  readonly format: AudioFormat
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
  readonly channels: number | null
  readonly gain: number
  /** Whether its channels are in the order of Vorbis. */
  readonly isVorbisOrder: boolean
  readonly trim: Trimmer | null
  /** Damaged places that are known already. */
  readonly damaged: number
}

type Parts = { readonly parts: readonly Part[]; readonly warnings: readonly string[] }

const partsOf = async (file: Bytes, request: ChildRequest): Promise<Parts> => {
  const { format, start, end, limits } = request
  const plain = { format, channels: null, gain: 1, isVorbisOrder: format === 'vorbis', trim: null, damaged: 0 }
  if (format === 'mp3') {
    const { parts, warnings } = await readMpegParts(file, { start, end, path: limits.path })
    return { parts: parts.map((part) => ({ ...plain, ...part })), warnings }
  }
  if (format !== 'opus' && format !== 'vorbis') return { parts: [{ ...plain, ranges: [{ start, end }] }], warnings: [] }
  const links = await findOggLinks(file, { start, end, format })
  const parts = links.map(async (link): Promise<Part> => {
    if (format === 'vorbis') return { ...plain, ...link }
    const { gain, isOrdered, version } = await readOpusHead(file, link.ranges[0]!.start)
    // The library would end with an error of its own.
    if (version !== 1)
      throw new UserError('AUDIO_DECODE_FAILED', `${limits.path}: Opus of version ${version} is not read here`)
    return { ...plain, ...link, gain, isVorbisOrder: isOrdered }
  })
  return { parts: await Promise.all(parts), warnings: [] }
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
    const ordered = part.isVorbisOrder ? inWaveOrder(channelData) : channelData
    const planes = part.channels === null ? ordered : ordered.slice(0, part.channels)
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
  const { parts, warnings: found } = await partsOf(file, request)
  for (const part of parts) damaged += await decodePart(file, part, { sink, request })
  const joined = sink.finish()
  if (joined === null)
    throw new UserError('AUDIO_DECODE_FAILED', `${limits.path}: no sound could be decoded (${damaged} damaged frames)`)
  const { channels, sampleRate } = joined.format
  const warnings = [
    ...found,
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
