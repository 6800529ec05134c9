import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../platform/store/database.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { bringIn } from './bring-in.ts'
import { undoImport } from './imports.ts'
import { rekordboxXmlOf } from './rekordbox-xml.fixture.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-playlists-again-'))
  store = openStore(join(folder, 'library'))
  store.settings.set('baseModel', false)
  for (const index of [0, 1, 2]) addFixtureTrack(store, { index })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const workspace = () => ({ store, pool: inlineRunner, ears: null as never, emit: () => {} })
/** The library of rekordbox, whose one playlist has the first tracks. */
const bring = async (tracks: number) => {
  const path = join(folder, 'rekordbox.xml')
  writeFileSync(path, rekordboxXmlOf(Array.from({ length: tracks }, (_, index) => ({ path: `/gone/${index}.wav` }))))
  const { libraries } = await bringIn(workspace(), { path }, { isDryRun: false })
  const { playlistsAdded, playlistsUpdated, playlistsDeleted } = libraries[0]!
  return [playlistsAdded, playlistsUpdated, playlistsDeleted]
}

test('a playlist is known whose name an earlier version kept as it came, also where it was deleted', async () => {
  expect(await bring(2)).toEqual([1, 0, 0])
  const database = openDatabase({ path: join(folder, 'library', 'algiers.db'), backups: folder })
  const asItCame = JSON.stringify([['Nights '], ' Friday\u0007'])
  expect(database.prepare('UPDATE imported_playlists SET path = ?').run(asItCame).changes).toBe(1)
  database.close()
  expect(await bring(3)).toEqual([0, 1, 0])
  expect(store.playlists.list().map(({ name }) => name)).toEqual(['Friday'])
  await undoImport(workspace(), 2)
  store.playlists.change('Deleted.', [1], (rows) => {
    rows.remove(1)
    return []
  })
  expect(await bring(3)).toEqual([0, 0, 1])
  expect(store.playlists.list()).toEqual([])
})
