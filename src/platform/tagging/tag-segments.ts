import { withId3Objects } from '../../core/interop/libraries/serato/id3-objects.ts'
import { type OggFields, oggFieldsAgain, oggFieldsOf } from '../../core/interop/libraries/serato/ogg-fields.ts'
import {
  openSeratoEnvelope,
  SERATO_FRAMES,
  type SeratoFrameName,
  sealSeratoEnvelope,
} from '../../core/interop/libraries/serato/serato-frames.ts'
import { id3v2Length } from '../decoding/audio-files.ts'
import { readAt } from '../decoding/read-bytes.ts'
import { chunkSegments } from './chunk-segments.ts'
import { readPart, refuse, type Segment, type Source } from './file-parts.ts'
import { flacSegments } from './flac-segments.ts'
import { mp4Segments } from './mp4-segments.ts'
import { oggSegments } from './ogg-segments.ts'

/** Frames to write; null takes one away, and what is not named stays. */
export type WrittenFrames = Readonly<Partial<Record<SeratoFrameName, Uint8Array | null>>>

/** How a kind of file holds Serato's frames: in an ID3 tag at its head or in a chunk, in comments of FLAC, in those of Ogg, in atoms. */
export type TagContainer = 'id3' | 'chunks' | 'flac' | 'ogg' | 'mp4'

const entriesOf = (frames: WrittenFrames): readonly (readonly [SeratoFrameName, Uint8Array | null])[] =>
  (Object.keys(SERATO_FRAMES) as SeratoFrameName[]).flatMap((name) => {
    const frame = frames[name]
    return frame === undefined ? [] : [[name, frame] as const]
  })

const objectsOf = (frames: WrittenFrames): ReadonlyMap<string, Uint8Array | null> =>
  new Map(entriesOf(frames).map(([name, frame]) => [SERATO_FRAMES[name].title, frame]))

type Fields = readonly (readonly [field: string, text: string | null])[]

const enveloped =
  (holder: 'vorbis' | 'mp4') =>
  (name: SeratoFrameName, frame: Uint8Array | null): Fields => {
    const { [holder]: field } = SERATO_FRAMES[name]
    return field === null ? [] : [[field, frame === null ? null : sealSeratoEnvelope(name, frame)]]
  }

/** Where only text can be held: the fields of a frame. */
const FIELDS: Readonly<Record<'flac' | 'ogg' | 'mp4', typeof oggFieldsOf>> = {
  flac: enveloped('vorbis'),
  mp4: enveloped('mp4'),
  ogg: oggFieldsOf,
}

const textsOf = (frames: WrittenFrames, container: keyof typeof FIELDS): ReadonlyMap<string, string | null> =>
  new Map(entriesOf(frames).flatMap(([name, frame]) => FIELDS[container](name, frame)))

/** The frames as they are to be read back; what the container has no place for is not among them. */
export const framesHeldBy = (
  container: TagContainer,
  frames: WrittenFrames,
): readonly (readonly [name: SeratoFrameName, frame: Uint8Array | null])[] => {
  if (container === 'id3' || container === 'chunks') return entriesOf(frames)
  return entriesOf(frames).flatMap(([name, frame]) => {
    const [, text] = FIELDS[container](name, frame).at(-1) ?? []
    return text === undefined ? [] : [[name, text === null ? null : openSeratoEnvelope(text)] as const]
  })
}

/** A tag at the head of an MP3 file; a second one after it stays. */
const id3Segments = async ({ file, sniffed }: Source, frames: WrittenFrames): Promise<Segment[]> => {
  const end = id3v2Length(await readAt(file, 0, 10))
  const tag = withId3Objects(await readPart(file, 0, end), objectsOf(frames))
  return [tag, { start: end, end: sniffed.sizeBytes }]
}

const SEGMENTS: Readonly<Record<TagContainer, (source: Source, frames: WrittenFrames) => Promise<Segment[]>>> = {
  id3: id3Segments,
  chunks: (source, frames) => chunkSegments(source, objectsOf(frames)),
  flac: (source, frames) => flacSegments(source, textsOf(frames, 'flac')),
  ogg: (source, frames) => oggSegments(source, textsOf(frames, 'ogg')),
  mp4: (source, frames) => mp4Segments(source, textsOf(frames, 'mp4')),
}

/** @throws UserError TAGS_NOT_WRITABLE for a kind of file that Serato keeps nothing in, or not in a way that is written */
export const containerOf = async ({ file, sniffed }: Source): Promise<TagContainer> => {
  if (sniffed.format === 'mp3') return 'id3'
  if (sniffed.format === 'wav' || sniffed.format === 'aiff') return 'chunks'
  if (sniffed.format === 'flac') return 'flac'
  if (sniffed.format === 'vorbis') return 'ogg'
  if (sniffed.format === 'opus') throw refuse('Serato does not play Opus files.')
  if (String.fromCharCode(...(await readAt(file, 4, 4))) === 'ftyp') return 'mp4'
  throw refuse('Serato tags are written into MP3, AIFF, WAV, FLAC, MP4 and Ogg Vorbis files only.')
}

/** @throws UserError TAGS_NOT_WRITABLE where the tags that are there cannot be kept */
export const tagSegments = (
  source: Source,
  container: TagContainer,
  { frames, oggFields }: { readonly frames: WrittenFrames; readonly oggFields: OggFields | null },
): Promise<Segment[]> =>
  container === 'ogg' && oggFields !== null
    ? oggSegments(source, oggFieldsAgain(oggFields))
    : SEGMENTS[container](source, frames)
