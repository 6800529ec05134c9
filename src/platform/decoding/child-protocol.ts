import type { DecodedAudio } from '../../core/audio/audio.ts'
import type { ErrorCode } from '../../core/support/error-catalogue.ts'
import type { AudioFormat } from './audio-files.ts'
import type { WrittenSound } from './pcm-file-sink.ts'
import type { SinkLimits, SourceFacts } from './sound-sink.ts'

/** Where the child finds the open file. */
export const CHILD_DESCRIPTOR = 3

export type ChildRequest = {
  readonly format: AudioFormat
  /** Bytes of the stream in the file, half-open. */
  readonly start: number
  readonly end: number
  readonly limits: SinkLimits
  readonly maxMemoryBytes: number
  /** A file to write the sound into; null where it is to be analysed. */
  readonly into: string | null
}

export type ChildReply =
  | { readonly kind: 'done'; readonly audio: DecodedAudio }
  | { readonly kind: 'written'; readonly sound: WrittenSound & SourceFacts }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly detail: string }

/** Layout: u32 LE length of a JSON header, the header, then the mono samples as float32 in the machine's byte order. */
export const encodeReply = (reply: ChildReply): Uint8Array[] => {
  const samples = reply.kind === 'done' ? reply.audio.mono.samples : new Float32Array(0)
  const header = Buffer.from(
    JSON.stringify(
      reply.kind === 'done'
        ? {
            ...reply,
            audio: { ...reply.audio, mono: { sampleRate: reply.audio.mono.sampleRate, length: samples.length } },
          }
        : reply,
    ),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  return [length, header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]
}

/** @returns null when the reply is incomplete because the child ended early. */
export const decodeReply = (chunks: readonly Uint8Array[]): ChildReply | null => {
  const bytes = Buffer.concat(chunks)
  if (bytes.length < 4) return null
  const end = 4 + bytes.readUInt32LE(0)
  if (bytes.length < end) return null
  const reply = JSON.parse(bytes.toString('utf8', 4, end))
  if (reply.kind !== 'done') return reply as ChildReply
  const { length, sampleRate } = reply.audio.mono
  if (bytes.length !== end + 4 * length) return null
  const samples = new Float32Array(new SharedArrayBuffer(4 * length))
  new Uint8Array(samples.buffer).set(bytes.subarray(end))
  return { ...reply, audio: { ...reply.audio, mono: { sampleRate, samples } } } as ChildReply
}
