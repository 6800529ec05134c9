import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stageApart } from './stage-apart.ts'
import { openStore, type Store } from './store.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-staging-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

test('a copy is laid ready by another thread, which tells what is wrong with it as this one would', async () => {
  const { directory } = store
  const name = basename(await store.backups.make())
  await stageApart({ directory, name })
  expect(existsSync(directory.restore)).toBe(true)
  rmSync(directory.restore)

  writeFileSync(join(directory.backups, name), 'no library')
  await expect(stageApart({ directory, name })).rejects.toMatchObject({
    code: 'DATABASE_DAMAGED',
  })
  await expect(stageApart({ directory, name: 'algiers-day-2001-01-01.db' })).rejects.toMatchObject({
    code: 'BACKUP_NOT_FOUND',
  })
  expect(existsSync(directory.restore)).toBe(false)
})
