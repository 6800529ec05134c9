import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askNobody, canAskNobody, giveToNobody, whileClosed } from './as-nobody.fixture.ts'
import { createDataDirectory } from './data-directory.ts'
import { openStore } from './store.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-closed-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a path that is too long for SQLite is told as such, and none longer than a library can lie at', () => {
  const long = join(folder, `${'é'.repeat(90)}/`.repeat(2), 'x'.repeat(100))
  expect(() => createDataDirectory(long)).toThrow(
    expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE', message: expect.stringContaining('bytes') as string }),
  )
  const most = `${folder}/${'y'.repeat(200)}/${'z'.repeat(400 - folder.length - 202)}`
  const store = openStore(most)
  store.roots.add('/music')
  store.close()
})

test.runIf(canAskNobody)('the part of a data directory that is closed is named, and none where all are open', () => {
  const directory = createDataDirectory(folder)
  writeFileSync(directory.database, '')
  for (const place of [directory.path, directory.models, directory.cache, directory.backups, directory.database])
    giveToNobody(place)
  const closedPart = (): unknown =>
    askNobody(join(import.meta.dirname, 'data-directory.ts'), `it.closedPartOf(it.dataDirectoryAt('${folder}'))`)
  expect(closedPart()).toBeNull()
  expect(whileClosed(directory.models, closedPart)).toBe('models')
  expect(whileClosed(directory.database, closedPart)).toBe('algiers.db')
  rmSync(directory.database)
  expect(closedPart()).toBeNull()
})

test.runIf(canAskNobody)('a library whose file may not be read and written is refused at the start', () => {
  const directory = createDataDirectory(folder)
  writeFileSync(directory.database, '')
  for (const place of [directory.path, directory.models, directory.cache, directory.backups, directory.database])
    giveToNobody(place)
  const refusal = `(async () => { try { it.createDataDirectory('${folder}') } catch ({ code }) { return code } })()`
  const codeOfStart = (): unknown => askNobody(join(import.meta.dirname, 'data-directory.ts'), `${refusal} ?? null`)
  expect(whileClosed(directory.database, codeOfStart)).toBe('DATA_DIR_UNWRITABLE')
})
