import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UNKNOWN_FOREIGN_TRACK } from '../../core/interop/libraries/foreign-library.ts'
import { withSeratoFrames } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { readSeratoFrames } from '../decoding/tags.ts'
import { planSeratoCues, writeSeratoCues } from './write-serato-cues.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-serato-cues-'))
const point = (startSeconds: number, name: string) => ({ startSeconds, endSeconds: null, name, colour: null })
const namesIn = async (path: string): Promise<(string | null)[]> =>
  withSeratoFrames(UNKNOWN_FOREIGN_TRACK, (await readSeratoFrames(path))!, createWarningTally()).cues.map(
    ({ name }) => name,
  )

test.each(['mp3', 'flac', 'm4a'])('cues of a .%s are extended or replaced, as the plan said', async (extension) => {
  const [plain, first, more, other] = ['plain', 'first', 'more', 'other'].map((name) =>
    join(folder, `${name}.${extension}`),
  ) as [string, string, string, string]
  writeFileSync(plain, readFileSync(new URL(`../decoding/fixtures/two-clicks.${extension}`, import.meta.url)))
  const write = (source: string, target: string, name: string, mode: 'extend' | 'replace') =>
    writeSeratoCues({ source, target, wanted: [point(name.length, name)], grid: null, mode, backup: null })

  expect(await write(plain, first, 'Intro', 'extend')).toEqual({ before: 0, written: 1, skipped: [] })
  const wanted = [point(8, 'Breaking')]
  expect(await planSeratoCues({ source: first, wanted, mode: 'extend' })).toEqual({
    before: 1,
    written: 1,
    skipped: [],
  })
  await write(first, more, 'Breaking', 'extend')
  expect(await namesIn(more)).toEqual(['Intro', 'Breaking'])
  await write(more, other, 'Drop', 'replace')
  expect(await namesIn(other)).toEqual(['Drop'])
  expect(await planSeratoCues({ source: more, wanted, mode: 'extend' })).toEqual({
    before: 2,
    written: 0,
    skipped: wanted,
  })
})
