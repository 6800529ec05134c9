/** @file The thread that parses tags; if a hostile file makes it hang, it is terminated. */
import './id3-text-frames.ts'
import { parentPort } from 'node:worker_threads'
import { type IAudioMetadata, type ICommonTagsResult, parseBlob, ratingToStars } from 'music-metadata'
import { formatName } from '../../core/library/format-name.ts'
import { repairTags } from '../../core/library/tag-readings.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'
import { DescriptorFile } from './descriptor-file.ts'
import { readSeratoFramesOf } from './serato-frames-of.ts'
import { type TagAnswers, type TagQuestion, UNREADABLE } from './tags-protocol.ts'

const MAX_TEXT = 1000
const MOST_ARTISTS = 50

type Comment = { readonly descriptor?: string; readonly text?: string }

const figure = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : null

/** A field that credits several is one text already, such as "A feat. B"; one that is there several times is joined. */
const artistOf = ({ artist, artists = [] }: ICommonTagsResult): string | undefined =>
  artist === undefined || artists.includes(artist) ? artists.join(', ') : artist

/** All values of a field of which the library keeps the last. */
const valuesOf = ({ native }: IAudioMetadata, kept: string | undefined): string | null => {
  const tags = Object.values(native).find((all) => all.some(({ value }) => value === kept)) ?? []
  const { id } = tags.find(({ value }) => value === kept) ?? {}
  return kept === undefined || id === undefined
    ? (kept ?? null)
    : tags.flatMap((tag) => (tag.id === id && typeof tag.value === 'string' ? [tag.value] : [])).join(', ')
}

const trimText = (text: string | null): string | null => text?.trim().slice(0, MAX_TEXT) || null

const trimTags = (tags: TrackTags): TrackTags => ({
  ...tags,
  title: trimText(tags.title),
  artist: trimText(tags.artist),
  artists: tags.artists.flatMap((artist) => trimText(artist) ?? []).slice(0, MOST_ARTISTS),
  album: trimText(tags.album),
  genre: trimText(tags.genre),
  key: trimText(tags.key),
  comment: trimText(tags.comment),
  format: trimText(tags.format),
})

/** What programs keep for themselves in a comment has a name, such as `iTunNORM`. */
const firstWritten = (comments: readonly Comment[] | undefined): string | null =>
  comments?.find(({ descriptor, text: written }) => !descriptor && written?.trim())?.text ?? null

const readTagsOf = async (file: File): Promise<TrackTags> => {
  const metadata = await parseBlob(file, { skipCovers: true, duration: false })
  const { common, format } = metadata
  // White space goes last: what looks like it may be a part of a letter that was misread.
  return trimTags(
    repairTags({
      title: valuesOf(metadata, common.title),
      artist: artistOf(common) ?? null,
      artists: common.artists ?? [],
      album: valuesOf(metadata, common.album),
      genre: common.genre?.join(', ') ?? null,
      year: figure(common.year),
      bpm: figure(common.bpm),
      key: common.key ?? null,
      rating: figure(ratingToStars(common.rating?.[0]?.rating)),
      comment: firstWritten(common.comment),
      format: formatName(format.codec, format.container),
      bitRateKbps: format.bitrate === undefined ? null : figure(Math.round(format.bitrate / 1000)),
    }),
  )
}

const ANSWERS: {
  readonly [Asked in keyof TagAnswers]: (file: File) => Promise<TagAnswers[Asked]>
} = { tags: readTagsOf, serato: readSeratoFramesOf }

parentPort?.on('message', async ({ asked, ...file }: TagQuestion) => {
  // Tags are only shown and searched, so a track may lack them.
  parentPort?.postMessage(await ANSWERS[asked](new DescriptorFile(file)).catch(() => UNREADABLE))
})
