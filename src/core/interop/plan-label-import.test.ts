import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import type { EditedLabel } from '../labels/stored-label.ts'
import type { ForeignLabel } from './labelled-track.ts'
import { planLabelImport } from './plan-label-import.ts'
import { sectionKindOfName } from './section-names.ts'

/** 96 beats at 120 BPM. */
const grid = constantGrid(120, 96)
const foreign = (name: string, startBeat: number, endBeat: number | null): ForeignLabel => ({
  startSeconds: null,
  endSeconds: null,
  startBeat,
  endBeat,
  name,
  kind: sectionKindOfName(name),
  source: null,
  createdAt: null,
  isDoubtful: false,
})
const ground = { grid, labels: [] as readonly EditedLabel[], features: null, overlap: 'refuse' } as const
const spansOf = (labels: readonly EditedLabel[]): readonly string[] =>
  labels.map(({ kind, startBeat, endBeat }) => `${kind} ${startBeat}–${endBeat}`)

test('each file says what came of it, and one label that is wrong does not keep the others out', () => {
  const doubtful = { ...foreign('Drop', 32, 64), isDoubtful: true }
  const first = [foreign('Intro', 0, 32), foreign('Drop', 16, 48), foreign('applause', 48, 64), doubtful]
  const { labels, outcomes } = planLabelImport(ground, [first, [foreign('Intro', 0, 32), foreign('Outro', 64, null)]])
  expect(spansOf(labels)).toEqual(['intro 0–32', 'outro 64–96'])
  expect(outcomes.map(({ tally }) => tally)).toEqual([
    { imported: 1, unchanged: 0, skipped: 2 },
    { imported: 1, unchanged: 1, skipped: 0 },
  ])
  expect(outcomes[0]!.refused).toMatchObject([{ label: 'Drop 16–48', error: { code: 'LABEL_OVERLAP' } }])
  expect(labels.map(({ source }) => source)).toEqual(['imported', 'imported'])
})

test('no more labels are tried of many files than of one', () => {
  const file = Array.from({ length: 2000 }, () => foreign('Drop', 0, 1))
  const { outcomes } = planLabelImport(ground, [file, file, [foreign('Intro', 0, 32)], file])
  const counts = outcomes.map(({ refusals }) => refusals.map(({ code, count }) => `${code} ${count}`))
  expect(counts).toEqual([
    ['LABEL_TOO_SHORT 2000'],
    ['LABEL_TOO_SHORT 2000'],
    [],
    ['LABEL_TOO_SHORT 999', 'IMPORT_MALFORMED 1001'],
  ])
  expect(outcomes[2]!.tally.imported).toBe(1)
  expect(outcomes.flatMap(({ refused }) => refused)).toHaveLength(100)
})

test('with trim a later file has its way; a warning names the label as its file does', () => {
  const { labels, outcomes } = planLabelImport({ ...ground, overlap: 'trim' }, [
    [foreign('Intro', 0, 32)],
    [foreign('Build-Up', 28, 34)],
  ])
  expect(spansOf(labels)).toEqual(['intro 0–28', 'build 28–34'])
  expect(outcomes[1]!.warnings).toEqual([expect.stringMatching(/^Build-Up: Only 6 beats/)])
})

test('a bug is no label that was refused', () => {
  const broken = {
    ...grid,
    get beatCount(): number {
      throw new RangeError('broken')
    },
  }
  expect(() => planLabelImport({ ...ground, grid: broken }, [[foreign('Intro', 0, 32)]])).toThrow(RangeError)
})

test('of thousands that are refused the first are told and all are counted', () => {
  const file = Array.from({ length: 60_000 }, (_, at) => foreign('Drop', at % 90, (at % 90) + 1))
  const { outcomes } = planLabelImport(ground, [[foreign('Intro', 0, 32), ...file]])
  const [{ tally, refused, refusals }] = outcomes as [(typeof outcomes)[number]]
  expect(tally).toEqual({ imported: 1, unchanged: 0, skipped: 0 })
  expect(refusals.reduce((sum, { count }) => sum + count, 0)).toBe(60_000)
  expect(refused).toHaveLength(100)
})
