import { expect, test } from 'vitest'
import { keepLabelIds } from './keep-label-ids.ts'
import type { SectionKind } from './section-kind.ts'

const label = (id: number, kind: SectionKind, startBeat: number, endBeat: number, ownKindId?: number) => ({
  id,
  trackId: 1,
  kind,
  startBeat,
  endBeat,
  source: 'user' as const,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...(ownKindId === undefined ? {} : { ownKindId }),
})

test('labels of elsewhere get the ids of those that they were, the others are new', () => {
  const here = [
    label(1, 'intro', 0, 32, 7),
    label(2, 'drop', 32, 64),
    label(3, 'drop', 64, 96),
    label(4, 'outro', 96, 128),
  ]
  const there = [
    label(90, 'intro', 0, 24),
    label(91, 'build', 24, 32),
    label(92, 'drop', 64, 96),
    label(93, 'break', 96, 128),
  ]
  expect(keepLabelIds(here, there).map(({ id, kind, ownKindId }) => [kind, id, ownKindId])).toEqual([
    ['intro', 1, 7],
    ['build', undefined, undefined],
    ['drop', 3, undefined],
    ['break', undefined, undefined],
  ])
})

test('what is unchanged comes before what only overlaps', () => {
  const here = [label(1, 'drop', 0, 32), label(2, 'drop', 32, 64)]
  const there = [label(90, 'drop', 16, 32), label(91, 'drop', 32, 64)]
  expect(keepLabelIds(here, there).map(({ id }) => id)).toEqual([1, 2])
})
