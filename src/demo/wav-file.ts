import type { PlanarAudio } from '../core/audio/audio.ts'

export type WavTags = { readonly title: string; readonly artist: string; readonly genre: string }

const BYTES_PER_SAMPLE = 2
const FORMAT_BYTES = 16
const CHUNK_HEADER_BYTES = 8

const chunk = (name: string, body: Uint8Array): Uint8Array<ArrayBuffer> => {
  const padded = body.length + (body.length % 2)
  const bytes = new Uint8Array(CHUNK_HEADER_BYTES + padded)
  bytes.set(new TextEncoder().encode(name))
  new DataView(bytes.buffer).setUint32(4, body.length, true)
  bytes.set(body, CHUNK_HEADER_BYTES)
  return bytes
}

const concatenate = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const formatBody = (channels: number, sampleRate: number): Uint8Array<ArrayBuffer> => {
  const view = new DataView(new ArrayBuffer(FORMAT_BYTES))
  const frameBytes = channels * BYTES_PER_SAMPLE
  view.setUint16(0, 1, true)
  view.setUint16(2, channels, true)
  view.setUint32(4, sampleRate, true)
  view.setUint32(8, sampleRate * frameBytes, true)
  view.setUint16(12, frameBytes, true)
  view.setUint16(14, 8 * BYTES_PER_SAMPLE, true)
  return new Uint8Array(view.buffer)
}

/** RIFF INFO: zero-terminated text under four-letter names. */
const infoBody = (tags: WavTags): Uint8Array<ArrayBuffer> => {
  const text = (name: string, value: string): Uint8Array<ArrayBuffer> =>
    chunk(name, new TextEncoder().encode(`${value}\0`))
  const list = [text('INAM', tags.title), text('IART', tags.artist), text('IGNR', tags.genre), text('ISFT', 'Algiers')]
  return concatenate([new TextEncoder().encode('INFO'), ...list])
}

const sampleBody = ({ planes }: PlanarAudio): Uint8Array<ArrayBuffer> => {
  const frames = planes[0]!.length
  const view = new DataView(new ArrayBuffer(frames * planes.length * BYTES_PER_SAMPLE))
  planes.forEach((plane, channel) => {
    for (let frame = 0; frame < frames; frame++) {
      const value = Math.round(32767 * Math.max(-1, Math.min(1, plane[frame]!)))
      view.setInt16((frame * planes.length + channel) * BYTES_PER_SAMPLE, value, true)
    }
  })
  return new Uint8Array(view.buffer)
}

/** A WAV file of 16 bits; the tags come first, so that they are found without reading the sound. */
export const encodeWav = (audio: PlanarAudio, tags: WavTags): Uint8Array<ArrayBuffer> => {
  const body = concatenate([
    new TextEncoder().encode('WAVE'),
    chunk('fmt ', formatBody(audio.planes.length, audio.sampleRate)),
    chunk('LIST', infoBody(tags)),
    chunk('data', sampleBody(audio)),
  ])
  return chunk('RIFF', body)
}

/** The size `encodeWav` gives, without the sound. */
export const wavBytes = (frames: number, channels: number, tags: WavTags): number =>
  encodeWav({ planes: Array.from({ length: channels }, () => new Float32Array(0)), sampleRate: 1 }, tags).length +
  frames * channels * BYTES_PER_SAMPLE
