/** @file The thread that parses tags; if a hostile file makes it hang, it is terminated. */
import { parentPort } from 'node:worker_threads'
import { parseFile, ratingToStars } from 'music-metadata'
import { formatName } from '../../core/library/format-name.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'

const MAX_TEXT = 1000

type Comment = { readonly descriptor?: string; readonly text?: string }

const text = (value: string | undefined): string | null => value?.trim().slice(0, MAX_TEXT) || null
const figure = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : null

/** What programs keep for themselves in a comment has a name, such as `iTunNORM`. */
const firstWritten = (comments: readonly Comment[] | undefined): string | undefined =>
  comments?.find(({ descriptor, text: written }) => !descriptor && written?.trim())?.text

const readTagsOf = async (path: string): Promise<TrackTags> => {
  const { common, format } = await parseFile(path, { skipCovers: true, duration: false })
  return {
    title: text(common.title),
    artist: text(common.artist),
    album: text(common.album),
    genre: text(common.genre?.join(', ')),
    year: figure(common.year),
    bpm: figure(common.bpm),
    key: text(common.key),
    rating: figure(ratingToStars(common.rating?.[0]?.rating)),
    comment: text(firstWritten(common.comment)),
    format: text(formatName(format.codec, format.container) ?? undefined),
    bitRateKbps: format.bitrate === undefined ? null : figure(Math.round(format.bitrate / 1000)),
  }
}

parentPort?.on('message', async (path: string) => {
  // Tags are only shown and searched, so a track may lack them.
  parentPort?.postMessage(await readTagsOf(path).catch(() => null))
})
