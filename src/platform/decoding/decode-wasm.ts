import type { FileHandle } from 'node:fs/promises'
import { UserError } from '../../core/support/user-error.ts'
import { type AnalysisSink, createAnalysisSink } from './analysis-sink.ts'
import type { ChildReply, ChildRequest } from './child-protocol.ts'
import { isMonoMpeg } from './declared-length.ts'
import { endOfWholePages } from './ogg-pages.ts'
import { openRegularFile, readAt } from './open-audio.ts'
import { type DecodedBlock, WASM_DECODERS } from './wasm-decoders.ts'

const CHUNK_BYTES = 1 << 18

type Intake = { sink: AnalysisSink | null; channels: number; sampleRate: number; damaged: number }

const interleave = (planes: readonly Float32Array[]): Float32Array => {
  if (planes.length === 1) return planes[0]!
  const frames = new Float32Array(planes.length * planes[0]!.length)
  for (const [channel, plane] of planes.entries())
    for (let n = 0, at = channel; n < plane.length; n++, at += planes.length) frames[at] = plane[n]!
  return frames
}

const takeBlock = (intake: Intake, block: DecodedBlock, request: ChildRequest & { readonly mono: boolean }): void => {
  intake.damaged += block.errors.length
  if (process.memoryUsage.rss() > request.maxMemoryBytes)
    throw new UserError(
      'DECODER_OUT_OF_MEMORY',
      `${request.limits.path}: decoding needs more than ${request.maxMemoryBytes >> 20} MiB`,
    )
  if ((block.channelData[0]?.length ?? 0) === 0) return
  const planes = request.mono ? block.channelData.slice(0, 1) : block.channelData
  if (intake.sink === null) {
    intake.channels = planes.length
    intake.sampleRate = block.sampleRate
    intake.sink = createAnalysisSink(intake, request.limits)
  }
  if (planes.length !== intake.channels || block.sampleRate !== intake.sampleRate)
    throw new UserError(
      'AUDIO_DECODE_FAILED',
      `${request.limits.path}: rate or channels change in the middle of the file`,
    )
  intake.sink.push(interleave(planes))
}

const decodeAll = async (file: FileHandle, request: ChildRequest, sizeBytes: number): Promise<Intake> => {
  const { format, streamStart } = request.sniffed
  const decoder = await WASM_DECODERS[format]!()
  await decoder.ready
  const mono = format === 'mp3' && isMonoMpeg(await readAt(file, streamStart, 4))
  const intake: Intake = { sink: null, channels: 0, sampleRate: 0, damaged: 0 }
  const isOgg = format === 'vorbis' || format === 'opus'
  const end = isOgg ? await endOfWholePages(file, streamStart, sizeBytes) : sizeBytes
  for (let at = streamStart; at < end; at += CHUNK_BYTES) {
    const chunk = await readAt(file, at, Math.min(CHUNK_BYTES, end - at))
    takeBlock(intake, await decoder.decode(chunk), { ...request, mono })
  }
  if (decoder.flush !== undefined) takeBlock(intake, await decoder.flush(), { ...request, mono })
  return intake
}

/**
 * Decodes MP3, FLAC, Ogg Vorbis and Opus by WebAssembly; runs in the child process only.
 * @throws UserError AUDIO_DECODE_FAILED when nothing usable comes out, DECODER_OUT_OF_MEMORY, and those of the sink
 */
export const decodeInChild = async (request: ChildRequest): Promise<ChildReply> => {
  const { path } = request.limits
  const { file, sizeBytes } = await openRegularFile(path)
  try {
    const intake = await decodeAll(file, request, sizeBytes)
    if (intake.sink === null)
      throw new UserError(
        'AUDIO_DECODE_FAILED',
        `${path}: no sound could be decoded (${intake.damaged} damaged frames)`,
      )
    const decoded = intake.sink.finish()
    const warnings = intake.damaged > 0 ? [`${intake.damaged} damaged frames were skipped`] : []
    const { channels, sampleRate } = intake
    const format = { channels, sourceSampleRate: sampleRate, decoder: request.sniffed.format }
    return { kind: 'done', audio: { ...decoded, ...format, declaredSeconds: null, warnings } }
  } finally {
    await file.close()
  }
}
