import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Sound is opened in `decoding/` with the same care; the page and the samples are the package's own. */
const READS_FILES: readonly string[] = [
  'platform/store/regular-file.ts',
  // Copies of the library, which are listed only where they are files.
  'platform/store/restore-backup.ts',
  'platform/store/foreign-database.ts',
  'platform/store/disk-effects.ts',
  // Decoded sound that was just written, and a new file.
  'platform/mixing/pcm-file.ts',
  'platform/mixing/wav-writer.ts',
  // A copy of the library, made for this.
  'engine/catalogue/library-parcel.ts',
  'api/send-file.ts',
  'api/page.ts',
  'demo/samples.ts',
]
const READING = /\b(?:readFile|readFileSync|openSync|createReadStream|openAsBlob|copyFile|copyFileSync)\(/

test('files that somebody else names are read through regular-file.ts, which neither waits nor reads without end', () => {
  const product = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.(?:test|fixture)\.tsx?$/.test(path) && !path.startsWith('platform/decoding/'))
  const readers = product.filter((path) => READING.test(readFileSync(`${import.meta.dirname}/${path}`, 'utf8')))
  expect(readers.sort()).toEqual([...READS_FILES].sort())
})
