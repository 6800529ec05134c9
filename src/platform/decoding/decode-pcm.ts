import type { FileHandle } from 'node:fs/promises'
import type { DecodedAudio } from '../../core/audio/audio.ts'
import { readAiffLayout } from './aiff-layout.ts'
import { createAnalysisSink, type SinkLimits, tooLong } from './analysis-sink.ts'
import { openRegularFile, readAt, readInto, type SniffedFile } from './open-audio.ts'
import { createFrameCutter } from './pcm-stream.ts'
import { readWavLayout } from './wav-layout.ts'

const CHUNK_BYTES = 1 << 19

/** The bytes from `start` on, in pieces. A piece is read while the one before it is processed, and is overwritten two pieces later. */
async function* readAhead(file: FileHandle, start: number, length: number): AsyncGenerator<Uint8Array> {
  const rooms = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)]
  const read = (done: number): Promise<Uint8Array> => {
    const reading = readInto(
      file,
      start + done,
      rooms[(done / CHUNK_BYTES) % 2]!.subarray(0, Math.max(0, length - done)),
    )
    // A failure is reported when its turn comes; if the turn never comes, nobody is left to report it to.
    reading.catch(() => {})
    return reading
  }
  let next = read(0)
  for (let done = 0; done < length; done += CHUNK_BYTES) {
    const chunk = await next
    next = read(done + CHUNK_BYTES)
    yield chunk
  }
}

/** Streams WAV and AIFF in bounded memory; no foreign code runs, so no child process is needed. */
export const decodePcm = async (
  sniffed: SniffedFile,
  limits: SinkLimits,
  signal: AbortSignal,
): Promise<DecodedAudio> => {
  const { file, sizeBytes } = await openRegularFile(limits.path)
  try {
    const readLayout = sniffed.format === 'wav' ? readWavLayout : readAiffLayout
    const layout = await readLayout(
      (position, length) => readAt(file, position, length),
      sniffed.streamStart,
      limits.path,
    )
    const sink = createAnalysisSink(layout, limits)
    const cutter = createFrameCutter(layout, sink)
    const held = Math.min(layout.dataBytes, sizeBytes - layout.dataStart)
    const frameBytes = (layout.encoding.bits / 8) * layout.channels
    if (held / frameBytes / layout.sampleRate > limits.maxDurationSeconds) throw tooLong(limits)
    for await (const chunk of readAhead(file, layout.dataStart, held)) {
      signal.throwIfAborted()
      cutter.push(chunk)
    }
    cutter.finish()
    const missing = Number.isFinite(layout.dataBytes) ? layout.dataBytes - held : 0
    return {
      ...sink.finish(),
      declaredSeconds: Number.isFinite(layout.dataBytes) ? layout.dataBytes / frameBytes / layout.sampleRate : null,
      channels: layout.channels,
      sourceSampleRate: layout.sampleRate,
      decoder: sniffed.format,
      warnings:
        missing > 0 ? [`Truncated: the header declares ${layout.dataBytes} bytes of sound, ${held} are there`] : [],
    }
  } finally {
    await file.close()
  }
}
