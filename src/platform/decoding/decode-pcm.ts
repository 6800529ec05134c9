import { readAiffLayout } from './aiff-layout.ts'
import type { OpenAudio, SniffedFile } from './open-audio.ts'
import { createFrameCutter, frameBytesOf } from './pcm-stream.ts'
import { type Bytes, readAt, readInto } from './read-bytes.ts'
import { type SinkLimits, type SinkOpener, type SourceFacts, tooLong } from './sound-sink.ts'
import { readWavLayout } from './wav-layout.ts'

const CHUNK_BYTES = 1 << 19
/** Less than this share of the sound is padding. */
const PADDING_SHARE = 0.02

/** What makes the sound shorter, or the file longer, than the header says. */
const describeBytes = (declared: number | null, held: number, unread: number): readonly string[] => [
  ...(declared !== null && declared > held
    ? [`Truncated: the header declares ${declared} bytes of sound, ${held} are there`]
    : []),
  ...(unread > PADDING_SHARE * held ? [`Longer than it says: ${unread} bytes behind the sound are left out`] : []),
]

/** The bytes from `start` on, in pieces. A piece is read while the one before it is processed, and is overwritten two pieces later. */
async function* readAhead(bytes: Bytes, start: number, length: number): AsyncGenerator<Uint8Array> {
  const rooms = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)]
  const read = (done: number): Promise<Uint8Array> => {
    const reading = readInto(
      bytes,
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
export const decodePcm = async <Heard>(
  { bytes, sizeBytes }: OpenAudio,
  sniffed: SniffedFile,
  {
    open,
    limits,
    signal,
  }: { readonly open: SinkOpener<Heard>; readonly limits: SinkLimits; readonly signal: AbortSignal },
): Promise<Heard & SourceFacts> => {
  const readLayout = sniffed.format === 'wav' ? readWavLayout : readAiffLayout
  const read = (position: number, length: number): Promise<Uint8Array> => readAt(bytes, position, length)
  const layout = await readLayout({ read, start: sniffed.streamStart, sizeBytes, path: limits.path })
  const sink = open(layout, limits)
  const cutter = createFrameCutter(layout, sink)
  const bytesPerSecond = frameBytesOf(layout) * layout.sampleRate
  const held = layout.parts.map(({ start, bytes: told }) => Math.max(0, Math.min(told, sizeBytes - start)))
  const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0)
  if (sum(held) / bytesPerSecond > limits.maxDurationSeconds) throw tooLong(limits)
  for (const [index, { start }] of layout.parts.entries())
    for await (const chunk of readAhead(bytes, start, held[index]!)) {
      signal.throwIfAborted()
      cutter.push(chunk)
    }
  cutter.finish()
  const declared = layout.isDeclared ? sum(layout.parts.map((part) => part.bytes)) : null
  return {
    ...sink.finish(),
    declaredSeconds: declared === null ? null : declared / bytesPerSecond,
    channels: layout.channels,
    sourceSampleRate: layout.sampleRate,
    decoder: sniffed.format,
    warnings: [
      ...(layout.parts.length > 1
        ? [`The sound lies in ${layout.parts.length} parts; others may play the first alone`]
        : []),
      ...describeBytes(declared, sum(held), layout.unreadBytes),
    ],
  }
}
