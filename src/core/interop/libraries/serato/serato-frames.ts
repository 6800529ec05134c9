/** Serato's frames of an audio file, and the envelope that they have where a tag can only hold text. */
import { encodeUtf8, joinBytes } from '../byte-writer.ts'
import type { MarkersLayout } from './markers-old.ts'
import { decodeSeratoBase64, encodeSeratoBase64 } from './serato-base64.ts'

/** Their names, as GEOB frames are described by them, and the fields of FLAC and MP4 that hold the same. */
export const SERATO_FRAMES = {
  markers2: { title: 'Serato Markers2', vorbis: 'SERATO_MARKERS_V2', mp4: 'markersv2' },
  markers: { title: 'Serato Markers_', vorbis: null, mp4: 'markers' },
  beatGrid: { title: 'Serato BeatGrid', vorbis: 'SERATO_BEATGRID', mp4: 'beatgrid' },
  autotags: { title: 'Serato Autotags', vorbis: 'SERATO_AUTOGAIN', mp4: 'autgain' },
} as const
export type SeratoFrameName = keyof typeof SERATO_FRAMES

export type SeratoFrames = Readonly<Partial<Record<SeratoFrameName, Uint8Array>>> & {
  /** How "Markers_" is laid out, which the kind of file decides. */
  readonly layout: MarkersLayout
}

const NAMES = Object.entries(SERATO_FRAMES) as [SeratoFrameName, (typeof SERATO_FRAMES)[SeratoFrameName]][]

/** @param title of a GEOB frame */
export const seratoFrameOfTitle = (title: string): SeratoFrameName | null =>
  NAMES.find(([, frame]) => frame.title === title)?.[0] ?? null

/** What Serato calls the field of Ogg Vorbis, where it differs from that of FLAC. */
const OGG_FIELDS: Readonly<Record<string, SeratoFrameName>> = {
  SERATO_MARKERS2: 'markers2',
  SERATO_MARKERS_: 'markers',
}

/** @param field of Vorbis comments, or the last part of a freeform atom of MP4 */
export const seratoFrameOfField = (field: string): SeratoFrameName | null => {
  const name = field.split(':').at(-1)!
  const upper = name.toUpperCase()
  return NAMES.find(([, { vorbis, mp4 }]) => upper === vorbis || name === mp4)?.[0] ?? OGG_FIELDS[upper] ?? null
}

const TYPE = 'application/octet-stream\0'

/** @returns the frame within the envelope; a text without one is the frame itself, in base64 or bare */
export const openSeratoEnvelope = (text: string): Uint8Array => {
  const letters = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  const bytes = decodeSeratoBase64(letters)
  if (new TextDecoder('latin1').decode(bytes.subarray(0, TYPE.length)) !== TYPE)
    return bytes[0] === 1 && bytes[1] === 1 ? bytes : letters
  // A name of a file, which is empty, then the frame's own name.
  const title = bytes.indexOf(0, TYPE.length) + 1
  return bytes.subarray(bytes.indexOf(0, title) + 1)
}

export const sealSeratoEnvelope = (name: SeratoFrameName, frame: Uint8Array): string => {
  const bytes = joinBytes([encodeUtf8(`${TYPE}\0${SERATO_FRAMES[name].title}\0`), frame])
  return encodeSeratoBase64(joinBytes([bytes, new Uint8Array((3 - (bytes.length % 3)) % 3)]))
}
