import { certainEncoding, possibleEncodings } from './misread-alphabet.ts'
import { readBytesAs, type TextEncoding } from './misread-text.ts'
import { certainUtf8 } from './misread-utf-8.ts'
import type { TrackTags } from './track-tags.ts'

/** What a person decided about doubtful tags: the encoding they are in, or that they are right as they are. */
export type TagReading = TextEncoding | 'as written'

const mapTexts = (tags: TrackTags, change: (text: string) => string): TrackTags => {
  const changed = (text: string | null): string | null => text && change(text)
  return {
    ...tags,
    title: changed(tags.title),
    artist: changed(tags.artist),
    artists: tags.artists.map(change),
    album: changed(tags.album),
    genre: changed(tags.genre),
    comment: changed(tags.comment),
    key: changed(tags.key),
  }
}

/** Texts with characters that are not of ASCII, and that other bytes can stand for. */
const doubtfulTexts = ({ title, artist, album, genre }: TrackTags): readonly string[] =>
  [title, artist, album, genre].filter(
    (text) => text !== null && /\P{ASCII}/u.test(text) && readBytesAs(text, 'windows-1252') !== null,
  ) as string[]

/** Each text that has the bytes for it, read in another encoding. */
const readAll = (tags: TrackTags, encoding: TextEncoding): TrackTags =>
  mapTexts(tags, (text) => readBytesAs(text, encoding) ?? text)

/** Puts right what was certainly misread, and nothing else. */
export const repairTags = (tags: TrackTags): TrackTags => {
  const decoded = mapTexts(tags, (text) => certainUtf8(text) ?? text)
  const encoding = certainEncoding(doubtfulTexts(decoded).join('\n'))
  return encoding === null ? decoded : readAll(decoded, encoding)
}

/** Tags as a person decided to read them. */
export const tagsAs = (tags: TrackTags, reading: TagReading | null): TrackTags =>
  reading === null || reading === 'as written' ? tags : readAll(tags, reading)

export type OfferedReading = { readonly encoding: TextEncoding } & Pick<TrackTags, 'title' | 'artist' | 'album'>

/** The ways in which doubtful tags can be read. */
export const offeredReadings = (tags: TrackTags): readonly OfferedReading[] => {
  const texts = doubtfulTexts(tags)
  const alphabets = possibleEncodings(texts.join('\n'))
  const isUtf8 = texts.some((text) => readBytesAs(text, 'utf-8') !== null)
  return [...(isUtf8 ? ['utf-8' as const] : []), ...alphabets].map((encoding) => {
    const { title, artist, album } = readAll(tags, encoding)
    return { encoding, title, artist, album }
  })
}
