import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { foldText } from '../../core/library/search-text.ts'
import { type Connection, connect } from './connect.ts'
import { NOTE_SORTS } from './note-search.ts'
import { NO_POSTGRES, sharedPostgres } from './postgres.fixture.ts'

const postgres = sharedPostgres()
let connection: Connection

beforeAll(() => {
  if (postgres !== null) connection = connect(postgres.database())
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(() => connection?.close())

test.each([
  ['Japanese', 'ガンダム パーティー'],
  ['Thai', 'น้ำขึ้นให้รีบตัก'],
  ['Hindi', 'हिन्दी में गाना'],
  ['Tamil', 'தமிழ் பாடல்'],
  ['Vietnamese', 'Tiếng Việt'],
  ['Hebrew', 'שָׁלוֹם'],
  ['Arabic', 'مَرْحَبًا'],
  ['Greek', 'ΟΔΟΣ Κώστας ΣΑΣ σας'],
  ['Latin', 'ÇA Été ﬁn Ｆｕｌｌ'],
  ['musical symbols and Brahmi', '𝅗𝅥 𑀓𑀸 ❤️'],
])('the comment of a file in %s is folded as what is searched for', async (_, comment) => {
  const [row] = await connection.sql<{ folded: string }>(
    `SELECT ${NOTE_SORTS.comment[0]} AS folded FROM (SELECT $1::json AS tags) AS tracks, (SELECT NULL::text AS comment_key) AS noted`,
    [JSON.stringify({ comment })],
  )
  expect(row!.folded).toBe(foldText(comment))
})
