import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../platform/store/store.ts'
import { sweepCache } from './sweep-cache.ts'

test('what a sweep of the cache cannot delete is named, and the rest goes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-sweep-'))
  const store = openStore(folder)
  store.peaks.write('orphan', Uint8Array.of(1))
  const orphan = store.peaks.pathOf('orphan')
  // A folder cannot be deleted as a file, not even by who may do everything.
  const stuck = join(dirname(orphan), 'stuck')
  mkdirSync(stuck)
  for (const path of [stuck, orphan]) utimesSync(path, new Date(0), new Date(0))
  expect(await sweepCache(store)).toEqual({ deleted: 1, left: [stuck], problem: null })
  store.close()
  rmSync(folder, { recursive: true })
})
