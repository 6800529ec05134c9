import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../platform/store/store.ts'
import { makeLibraryIn } from './new-library.ts'

const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'new-library-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Each name sorts on another side of what a library has. */
const make = async (folder: string): Promise<void> => {
  openStore(folder).close()
  for (const name of ['a', 'z']) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'one'), 'made')
  }
}

test.each(['a', 'models', 'z'])('where %s is taken, nothing of a library lies beside it', async (name) => {
  const folder = makeFolder()
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'mine'), 'mine')
  await expect(makeLibraryIn(folder, make)).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readdirSync(folder)).toEqual([name])
  expect(readdirSync(join(folder, name))).toEqual(['mine'])
})

test('a lock that lies there is neither in the way nor replaced, and empty folders are filled', async () => {
  const folder = makeFolder()
  const lock = join(folder, 'lock.db')
  writeFileSync(lock, '')
  mkdirSync(join(folder, 'a'))
  await makeLibraryIn(folder, make)
  expect(readFileSync(lock, 'utf8')).toBe('')
  expect(readdirSync(join(folder, 'a'))).toEqual(['one'])
  openStore(folder).close()
})
