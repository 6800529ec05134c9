import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { labelWrites } from './label-writes.ts'
import { planAddedLabels } from './plan-added-labels.ts'
import { planReplacedLabels } from './plan-replaced-labels.ts'
import { planUpdatedLabel } from './plan-updated-label.ts'
import { SECTION_KINDS } from './section-kind.ts'
import type { EditedLabel, StoredLabel } from './stored-label.ts'

/** 96 beats at 120 BPM. */
const grid = constantGrid(120, 96)
const kept = (label: EditedLabel, id: number): StoredLabel => ({ ...label, id, trackId: 1, createdAt: '' })
const drop = { kind: 'drop', source: 'user', startBeat: 32, endBeat: 64 } as const
const track = { trackId: 1, grid, labels: [kept(drop, 5)] }
const spansOf = (labels: readonly EditedLabel[]): readonly unknown[] =>
  labels.map(({ id, kind, startBeat, endBeat }) => [id, kind, startBeat, endBeat])

test('what is asked for twice is there once, and each request sees those before it', () => {
  const requests = [
    { kind: 'drop', startBeat: 32, endBeat: 64 },
    { kind: 'break', startBeat: 64, endBeat: 80 },
    { kind: 'break', startBeat: 64, endBeat: 80 },
  ]
  const plan = planAddedLabels({ ...track, features: null }, requests, { keepEqual: true })
  expect(spansOf(plan.labels)).toEqual([
    [5, 'drop', 32, 64],
    [undefined, 'break', 64, 80],
  ])
  expect([plan.asked.length, plan.unchanged.length]).toEqual([1, 2])
  expect(() => planAddedLabels({ ...track, features: null }, requests.slice(1))).toThrow(
    expect.objectContaining({ code: 'LABEL_OVERLAP' }),
  )
})

test('a plan leaves what it was made from as it was', () => {
  const frozen = { ...track, labels: Object.freeze([Object.freeze(kept(drop, 5))]), features: null }
  planAddedLabels(frozen, [{ kind: 'break', startBeat: 40, endBeat: 48 }], { overlap: 'trim' })
  planReplacedLabels(frozen, [{ id: 5, kind: 'verse', startBeat: 0, endBeat: 8 }])
  planUpdatedLabel(frozen, 5, { endBeat: 48 })
  expect(frozen.labels).toEqual([kept(drop, 5)])
})

test('a label that is replaced by itself keeps its source; one that changes is the user’s', () => {
  const imported = { ...track, labels: [kept({ ...drop, source: 'imported' }, 5)] }
  const [same] = planReplacedLabels(imported, [{ id: 5, kind: 'drop', startBeat: 32, endBeat: 64 }]).labels
  expect(same).toMatchObject({ id: 5, source: 'imported' })
  const [other] = planReplacedLabels(imported, [{ id: 5, kind: 'drop', startBeat: 32, endBeat: 60 }]).labels
  expect(other).toMatchObject({ id: 5, source: 'user' })
})

/** Labels side by side, some with the ids of earlier ones, as an edit leaves them. */
const arbitraryLabels = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...SECTION_KINDS),
      length: fc.integer({ min: 4, max: 12 }),
      source: fc.constantFrom('user' as const, 'imported' as const),
      id: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
    }),
    { maxLength: 8 },
  )
  .map((parts) => {
    let at = 0
    return parts.map(({ length, id, ...label }): EditedLabel => {
      const span = { startBeat: at, endBeat: at + length }
      at += length
      return { ...label, ...span, ...(id === undefined ? {} : { id }) }
    })
  })

test('the writes make the labels of before those of after, and touch no label that stays', () => {
  fc.assert(
    fc.property(arbitraryLabels, arbitraryLabels, (before, after) => {
      const stored = before.map((label, index) => kept(label, index + 1))
      const { removed, updated, inserted } = labelWrites(stored, after)
      const changed = new Map(updated.map((label) => [label.id, label]))
      const left = stored
        .filter(({ id }) => !removed.includes(id))
        .map((label) => ({ ...label, ...changed.get(label.id) }))
      const shown = (labels: readonly EditedLabel[]): readonly unknown[] =>
        labels
          .map(({ kind, source, startBeat, endBeat }) => [startBeat, endBeat, kind, source])
          .toSorted((a, b) => Number(a[0]) - Number(b[0]))
      expect(shown([...left, ...inserted])).toEqual(shown(after))
      for (const label of updated) expect(shown([label])).not.toEqual(shown([stored[label.id - 1]!]))
    }),
  )
})
