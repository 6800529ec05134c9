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
/** Each writes to a name that nobody can know beforehand, or to one where nothing lies (`wx`): whatever does would be waited for or written through. */
const WRITES_FILES: readonly string[] = [
  'demo/publish-file.ts',
  'api/running-server.ts',
  'platform/store/disk-effects.ts',
  'platform/store/derived-files.ts',
  'platform/store/staged-files.ts',
  // Looks first at what lies there.
  'platform/store/log-file.ts',
  'platform/tagging/write-serato-frames.ts',
  'platform/catalogue/object-store.ts',
  // Into a folder that was just made.
  'platform/catalogue/bucket.ts',
  'engine/catalogue/library-parcel.ts',
]
const WRITING = /\b(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream)\(/
/** Opened to be written, without `x`. */
const OPENED_TO_WRITE = /\bopen(?:Sync)?\([^)\n]*'[wa]\+?'/

const READING = /\b(?:readFile|readFileSync|openSync|createReadStream|openAsBlob|copyFile|copyFileSync)\(/

test('files that somebody else names are read through regular-file.ts, which neither waits nor reads without end', () => {
  const product = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.(?:test|fixture)\.tsx?$/.test(path) && !path.startsWith('platform/decoding/'))
  const readers = product.filter((path) => READING.test(readFileSync(`${import.meta.dirname}/${path}`, 'utf8')))
  expect(readers.sort()).toEqual([...READS_FILES].sort())
})

test('files are written where nothing lies that would be waited for or written through', () => {
  const product = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.(?:test|fixture)\.tsx?$/.test(path))
  const text = (path: string): string => readFileSync(`${import.meta.dirname}/${path}`, 'utf8')
  expect(product.filter((path) => WRITING.test(text(path))).sort()).toEqual([...WRITES_FILES].sort())
  expect(product.filter((path) => OPENED_TO_WRITE.test(text(path)))).toEqual(['platform/store/log-file.ts'])
})
