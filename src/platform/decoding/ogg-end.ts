/** @file Whether Ogg holds more sound than its last page says: of what is too much, decoders cut a packet, a block, all or nothing. */
import type { Seconds } from '../../core/units/units.ts'
import { type OggPage, walkOggPages } from './ogg-pages.ts'
import type { OpenAudio, SniffedFile } from './open-audio.ts'
import { readOpusHead } from './opus-head.ts'
import { readAt } from './read-bytes.ts'
import type { SourceFacts } from './sound-sink.ts'

/** Head and body of a page are no longer (RFC 3533 §6). */
const MOST_PAGE_BYTES = 65_307

const pageAt = async ({ bytes }: OpenAudio, at: number, { streamEnd }: SniffedFile): Promise<OggPage | null> =>
  (await walkOggPages(bytes, at, streamEnd).next()).value ?? null

type Ends = { readonly first: OggPage; readonly last: OggPage }

/** The first and the last page; null where something else ends the file. */
const endsOf = async (audio: OpenAudio, sniffed: SniffedFile): Promise<Ends | null> => {
  const { streamStart, streamEnd } = sniffed
  const from = Math.max(streamStart, streamEnd - MOST_PAGE_BYTES)
  const at = Buffer.from(await readAt(audio.bytes, from, streamEnd - from)).lastIndexOf('OggS')
  if (at < 0) return null
  const [first, last] = [await pageAt(audio, streamStart, sniffed), await pageAt(audio, from + at, sniffed)]
  return first !== null && last !== null && last.bodyEnd === streamEnd ? { first, last } : null
}

const hasEnd = ({ format }: SniffedFile): boolean => format === 'vorbis' || format === 'opus'

/** @returns where the first stream ends by its own count; null where another one ends the file, or none */
const declaredEnd = async (audio: OpenAudio, sniffed: SniffedFile): Promise<number | null> => {
  const ends = await endsOf(audio, sniffed)
  return ends !== null && ends.last.serial === ends.first.serial ? Number(ends.last.granule) : null
}

/**
 * Whether another stream ends the file than begins it. ffmpeg goes on with the decoder of the first one, and makes noise of a second one
 * that has more channels.
 */
export const isOggChain = async (audio: OpenAudio, sniffed: SniffedFile): Promise<boolean> => {
  const ends = hasEnd(sniffed) ? await endsOf(audio, sniffed) : null
  return ends !== null && ends.last.serial !== ends.first.serial
}

/** @returns a warning where there is more sound than that, null otherwise. A stream that was cut out of another begins late, and has less. */
export const describeOggEnd = async (
  audio: OpenAudio,
  sniffed: SniffedFile,
  { durationSeconds, sourceSampleRate }: { readonly durationSeconds: Seconds } & Pick<SourceFacts, 'sourceSampleRate'>,
): Promise<string | null> => {
  if (!hasEnd(sniffed)) return null
  const end = await declaredEnd(audio, sniffed)
  if (end === null || end < 0) return null
  const skipped = sniffed.format === 'opus' ? (await readOpusHead(audio.bytes, sniffed.streamStart)).preSkip : 0
  const declared = (end - skipped) / sourceSampleRate
  return Math.round(durationSeconds * sourceSampleRate) > end - skipped
    ? `Longer than it says: its last page ends at ${declared.toFixed(3)} s, ${durationSeconds.toFixed(3)} s are there`
    : null
}
