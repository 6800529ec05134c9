import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue } from '../../catalogue.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import { digestOf } from '../store/digest.ts'
import { type Connection, connect } from './connect.ts'
import { keptCounts } from './kept-counts.ts'
import { NO_POSTGRES, sharedPostgres } from './postgres.fixture.ts'
import { putTrack } from './result-rows.ts'
import { readTrack } from './track-rows.ts'
import { findByName, findTracks } from './track-search.ts'

const postgres = sharedPostgres()
let connection: Connection

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  await initCatalogue(url, null)
  connection = connect(url)
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(() => connection?.close())

const keep = async (title: string): Promise<number> => {
  const tags = { ...EMPTY_TAGS, title, artist: title, artists: [title], genre: title, comment: title }
  return putTrack(connection.sql, { audioDigest: digestOf(`audio of ${title}`), tags, path: `/music/${title}.wav` })
}

/** What no text of a database holds stands as the sign for what cannot be shown. */
const shown = (text: string): string => text.toWellFormed().replaceAll('\0', '\u{FFFD}')

test('whatever tags say is kept as far as text can hold it', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.constantFrom('\0', 'a\0b', '\ud800', 'x\udc00y', '\\u0000', "\\'", '\u{10ffff}'),
  )
  await fc.assert(
    fc.asyncProperty(text, async (title) => {
      const id = await keep(title)
      const { tags } = (await readTrack(connection.sql, 1, String(id)))!.track
      expect([tags.title, ...tags.artists]).toEqual([shown(title), shown(title)])
    }),
    { numRuns: 60 },
  )
})

test('names of any length are kept whole, sorted and found by their words', async () => {
  const digits = Array.from({ length: 2000 }, (_, at) => digestOf(`${at}`)).join('')
  const wide = String.fromCodePoint(...Array.from({ length: 2000 }, (_, at) => 0x20000 + ((at * 7919) % 40000)))
  for (const long of [digits, wide]) {
    const id = await keep(`${long} sesame`)
    expect((await readTrack(connection.sql, 1, String(id)))!.track.tags.title).toBe(`${long} sesame`)
    for (const sort of ['title', 'artist', 'genre'] as const) {
      const { ids } = await findTracks({ sql: connection.sql, counts: keptCounts() }, { text: 'sesame', sort }, 1)
      expect(ids).toContain(id)
    }
  }
})

test('a whole title is meant before a part of others, and a path before both', async () => {
  const [one, ten] = [await keep('Fine 1'), await keep('Fine 10')]
  const found = async (text: string) => findByName(connection.sql, text, 5)
  expect(await found('fine 1')).toEqual({ ids: [one], total: 1 })
  expect(await found('FINE 10')).toEqual({ ids: [ten], total: 1 })
  expect(await found('/music/Fine 10.wav')).toEqual({ ids: [ten], total: 1 })
  expect(await found('fine')).toEqual({ ids: [one, ten], total: 2 })
  expect(await found('fine 2')).toEqual({ ids: [], total: 0 })
})
