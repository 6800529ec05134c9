import { type IAudioMetadata, parseBlob } from 'music-metadata'
import {
  openSeratoEnvelope,
  type SeratoFrameName,
  type SeratoFrames,
  seratoFrameOfField,
  seratoFrameOfTitle,
} from '../../core/interop/libraries/serato/serato-frames.ts'

/** Serato's own frames reach 93 kB; no cue needs what is longer. */
const MOST_FRAME_BYTES = 4 << 20

type Geob = { readonly description: string; readonly data: Uint8Array }

const isGeob = (value: unknown): value is Geob =>
  value !== null &&
  typeof value === 'object' &&
  'description' in value &&
  'data' in value &&
  value.data instanceof Uint8Array

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : null

type Found = readonly [name: SeratoFrameName, frame: Uint8Array]

const frameOf = (id: string, value: unknown): Found | null => {
  if (isGeob(value)) {
    const name = seratoFrameOfTitle(value.description)
    return name === null ? null : [name, value.data]
  }
  const name = seratoFrameOfField(id)
  const text = name === null ? null : textOf(value)
  return text === null || text.length > MOST_FRAME_BYTES ? null : [name!, openSeratoEnvelope(text)]
}

const layoutOf = ({ format }: IAudioMetadata): SeratoFrames['layout'] =>
  format.tagTypes?.includes('iTunes') === true ? 'mp4' : 'id3'

/** @returns null where Serato has never written to the file */
export const readSeratoFramesOf = async (file: File): Promise<SeratoFrames | null> => {
  const metadata = await parseBlob(file, { skipCovers: true, duration: false })
  const frames = Object.values(metadata.native)
    .flat()
    .flatMap(({ id, value }) => {
      const found = frameOf(id, value)
      // A view of a large buffer would take all of it along to the other thread.
      return found === null || found[1].length > MOST_FRAME_BYTES ? [] : [[found[0], found[1].slice()] as const]
    })
  return frames.length === 0 ? null : { ...Object.fromEntries(frames), layout: layoutOf(metadata) }
}
