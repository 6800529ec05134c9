import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { UNKNOWN_FOREIGN_TRACK } from '../../core/interop/libraries/foreign-library.ts'
import { withSeratoFrames } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { identifyFile } from '../decoding/identity.ts'
import { readSeratoFrames } from '../decoding/tags.ts'
import { planSeratoCues, writeSeratoCues } from './write-serato-cues.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-serato-cues-'))
const NO_GRID = { ownGrid: null, durationSeconds: null } as const
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
    writeSeratoCues({ source, target, wanted: [point(name.length, name)], grid: null, mode, backup: null, ...NO_GRID })

  expect(await write(plain, first, 'Intro', 'extend')).toEqual({
    before: 0,
    written: 1,
    skipped: [],
    movedSeconds: 0,
    file: await identifyFile(first),
  })
  const wanted = [point(8, 'Breaking')]
  expect(await planSeratoCues({ source: first, wanted, mode: 'extend', ...NO_GRID })).toEqual({
    before: 1,
    written: 1,
    skipped: [],
    movedSeconds: 0,
  })
  await write(first, more, 'Breaking', 'extend')
  expect(await namesIn(more)).toEqual(['Intro', 'Breaking'])
  await write(more, other, 'Drop', 'replace')
  expect(await namesIn(other)).toEqual(['Drop'])
  expect(await planSeratoCues({ source: more, wanted, mode: 'extend', ...NO_GRID })).toEqual({
    before: 2,
    written: 0,
    skipped: wanted,
    movedSeconds: 0,
  })
})

test.each([
  ['mp3', 0.026],
  ['m4a', 0.026],
  ['flac', 0],
])('cues of a .%s lie where Serato hears them: %s s later, as its own grid does', async (extension, movedSeconds) => {
  const [plain, gridded, more] = ['plain', 'gridded', 'more'].map((name) =>
    join(folder, `${name}-26.${extension}`),
  ) as [string, string, string]
  writeFileSync(plain, readFileSync(new URL(`../decoding/fixtures/two-clicks.${extension}`, import.meta.url)))
  const written = { mode: 'extend', backup: null } as const
  const theirs = { anchors: [{ seconds: 0.126, bpm: 120, beatOfBar: 0 }] }
  await writeSeratoCues({ source: plain, target: gridded, wanted: [], grid: theirs, ...written, ...NO_GRID })
  const anchors = [{ beat: 0, seconds: 0.1, bpm: 120 }]
  const ownGrid = { anchors, beatCount: 60, beatsPerBar: 4, firstDownbeat: 0 } as unknown as BeatGrid
  const wanted = [point(10.1, 'Drop')]
  const asked = { source: gridded, wanted, ownGrid, durationSeconds: 30 }
  const told = await writeSeratoCues({
    ...asked,
    target: more,
    grid: { anchors: [{ ...anchors[0]!, beatOfBar: 0 }] },
    ...written,
  })
  expect(told.movedSeconds).toBeCloseTo(movedSeconds, 6)
  const { cues, grid } = withSeratoFrames(UNKNOWN_FOREIGN_TRACK, (await readSeratoFrames(more))!, createWarningTally())
  expect(cues.map(({ startSeconds }) => startSeconds)).toEqual([10.1 + movedSeconds])
  expect(grid!.anchors[0]!.seconds).toBeCloseTo(0.1 + movedSeconds, 6)
  // What is there already is known as such.
  expect((await planSeratoCues({ ...asked, source: more, mode: 'extend' })).skipped).toEqual(wanted)
})
