import type { DecodedAudio } from '../audio/audio.ts'
import { readAiffLayout } from './aiff-layout.ts'
import { createAnalysisSink, type SinkLimits, tooLong } from './analysis-sink.ts'
import { openRegularFile, readAt, readInto, type SniffedFile } from './open-audio.ts'
import { createFrameCutter } from './pcm-stream.ts'
import { readWavLayout } from './wav-layout.ts'

const CHUNK_BYTES = 1 << 19

/** Reads WAV and AIFF by streaming, in bounded memory: no foreign code runs, so no child is needed. */
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
    const chunk = new Uint8Array(CHUNK_BYTES)
    for (let done = 0; done < held; done += CHUNK_BYTES) {
      signal.throwIfAborted()
      cutter.push(await readInto(file, layout.dataStart + done, chunk.subarray(0, held - done)))
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
