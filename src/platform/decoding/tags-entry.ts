/** @file The thread that parses tags; if a hostile file makes it hang, it is terminated. */
import { parentPort } from 'node:worker_threads'
import { parseFile } from 'music-metadata'
import type { TrackTags } from '../../core/library/track-tags.ts'

const MAX_TEXT = 1000

const text = (value: string | undefined): string | null => value?.trim().slice(0, MAX_TEXT) || null
const figure = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : null

const readTagsOf = async (path: string): Promise<TrackTags> => {
  const { common } = await parseFile(path, { skipCovers: true, duration: false })
  return {
    title: text(common.title),
    artist: text(common.artist),
    album: text(common.album),
    genre: text(common.genre?.join(', ')),
    year: figure(common.year),
    bpm: figure(common.bpm),
    key: text(common.key),
  }
}

parentPort?.on('message', async (path: string) => {
  // Tags are only shown and searched, so a track may lack them.
  parentPort?.postMessage(await readTagsOf(path).catch(() => null))
})
