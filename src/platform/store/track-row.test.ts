import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { addFixtureTrack } from '../../engine/kit/library.fixture.ts'
import { openStore } from './store.ts'

test('a sigma at the end of a word, as earlier versions kept it, is found as any other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-sigma-'))
  try {
    const before = openStore(folder)
    const id = addFixtureTrack(before, { index: 1, tags: { title: 'ΟΔΟΣ', artist: 'Κώστας' } })
    addFixtureTrack(before, { index: 2, tags: { title: 'Air' } })
    before.close()
    const database = new DatabaseSync(join(folder, 'algiers.db'))
    database.exec(`UPDATE track_rows SET title_key = 'οδος', search_text = replace(search_text, 'οδοσ', 'οδος') WHERE track_id = ${id};
      INSERT INTO my_tags (track_id, tag_key, tag) VALUES (${id}, 'σας', 'Σας');
      PRAGMA user_version = ${Number(Object.values(database.prepare('PRAGMA user_version').get()!)[0]) - 1}`)
    database.close()
    const store = openStore(folder)
    const found = (query: object): readonly number[] => store.tracks.find(query).ids
    for (const text of ['ΟΔΟΣ', 'οδος', 'οδοσ', 'κώστα', 'σας']) expect([text, found({ text })]).toEqual([text, [id]])
    expect(found({ myTags: ['ΣΑΣ'] })).toEqual([id])
    expect(found({})).toHaveLength(2)
    store.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
