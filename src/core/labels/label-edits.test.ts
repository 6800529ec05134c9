import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserError } from '../support/user-error.ts'
import type { Label } from './label.ts'
import { type LabelChange, type LabelEdit, MIN_LABEL_BEATS, sortLabels } from './label-edit.ts'
import { paintLabel } from './paint-label.ts'
import { mergeLabels, moveEdge, relabel, splitLabel } from './reshape-labels.ts'
import { SECTION_KINDS, type SectionKind } from './section-kind.ts'
import { spanLength, spansOverlap } from './span.ts'

const BEATS = 200
const label = (kind: SectionKind, startBeat: number, endBeat: number, source: Label['source'] = 'user'): Label => ({
  kind,
  startBeat,
  endBeat,
  source,
})
const arbitraryKind = fc.constantFrom(...SECTION_KINDS)
const arbitraryLabel: fc.Arbitrary<Label> = fc
  .tuple(arbitraryKind, fc.nat(BEATS - MIN_LABEL_BEATS), fc.integer({ min: MIN_LABEL_BEATS, max: 80 }))
  .map(([kind, start, length]) => label(kind, start, Math.min(BEATS, start + length)))

type Operation = (labels: readonly Label[]) => LabelEdit
const pick = (labels: readonly Label[], index: number): Label => labels[index % labels.length] ?? label('intro', 0, 4)
const arbitraryOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: arbitraryLabel.map(
      (next): Operation =>
        (labels) =>
          paintLabel(labels, next),
    ),
  },
  fc.nat(BEATS).map(
    (beat): Operation =>
      (labels) =>
        splitLabel(labels, beat),
  ),
  fc.tuple(fc.nat(), arbitraryKind).map(
    ([index, kind]): Operation =>
      (labels) =>
        relabel(labels, pick(labels, index), kind),
  ),
  fc.tuple(fc.nat(), fc.constantFrom('start' as const, 'end' as const), fc.nat(BEATS)).map(
    ([index, edge, beat]): Operation =>
      (labels) =>
        moveEdge(labels, { label: pick(labels, index), edge, beat }),
  ),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([one, other]): Operation =>
      (labels) =>
        mergeLabels(labels, pick(labels, one), pick(labels, other)),
  ),
)

/** An edit that is refused changes nothing; any other error is a bug and fails the test. */
const attempt = (operation: Operation, labels: readonly Label[]): LabelEdit | null => {
  try {
    return operation(labels)
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}
const attemptAll = (operations: readonly Operation[]): readonly Label[] =>
  operations.reduce<readonly Label[]>((labels, operation) => attempt(operation, labels)?.labels ?? labels, [])

const key = (it: Label): string => `${it.kind} ${it.startBeat} ${it.endBeat} ${it.source}`
const applyChange = (labels: readonly Label[], change: LabelChange): Label[] => {
  const gone = new Set([...change.removed, ...change.changed.map(({ before }) => before)].map(key))
  return sortLabels([
    ...labels.filter((it) => !gone.has(key(it))),
    ...change.changed.map(({ after }) => after),
    ...change.added,
  ])
}
const kindAt = (labels: readonly Label[], beat: number): SectionKind | null =>
  labels.find((it) => it.startBeat <= beat && beat < it.endBeat)?.kind ?? null

test('painting trims, splits, removes, and reports it', () => {
  const intro = label('intro', 0, 32)
  const drop = label('drop', 32, 96)
  const outro = label('outro', 96, 128)
  const painted = paintLabel([intro, drop, outro], label('break', 48, 64))
  expect(painted.labels).toEqual([intro, label('drop', 32, 48), label('break', 48, 64), label('drop', 64, 96), outro])
  expect(painted.change).toEqual({
    added: [label('break', 48, 64), label('drop', 64, 96)],
    removed: [],
    changed: [{ before: drop, after: label('drop', 32, 48) }],
    dropped: [],
  })
  const covered = paintLabel([intro, drop, outro], label('build', 30, 98))
  expect(covered.labels).toEqual([label('intro', 0, 30), label('build', 30, 98), label('outro', 98, 128)])
  expect(covered.change.removed).toEqual([drop])
})

test('a remainder under 4 beats is dropped and reported', () => {
  const drop = label('drop', 32, 64)
  const painted = paintLabel([drop], label('break', 35, 60))
  expect(painted.labels).toEqual([label('break', 35, 60), label('drop', 60, 64)])
  expect(painted.change.dropped).toEqual([label('drop', 32, 35)])
  const nothingLeft = paintLabel([drop], label('break', 33, 62))
  expect(nothingLeft.change).toMatchObject({
    removed: [drop],
    changed: [],
    dropped: [label('drop', 32, 33), label('drop', 62, 64)],
  })
})

test('an edge that two labels share moves for both, and a gap stays a gap', () => {
  const labels = [label('intro', 0, 32), label('build', 32, 48), label('drop', 64, 96)]
  expect(moveEdge(labels, { label: labels[0]!, edge: 'end', beat: 24 }).labels).toEqual([
    label('intro', 0, 24),
    label('build', 24, 48),
    labels[2],
  ])
  expect(moveEdge(labels, { label: labels[0]!, edge: 'end', beat: 40 }).labels[1]).toEqual(label('build', 40, 48))
  expect(moveEdge(labels, { label: labels[1]!, edge: 'end', beat: 44 }).labels[2]).toEqual(labels[2])
  expect(moveEdge(labels, { label: labels[1]!, edge: 'end', beat: 70 }).labels[2]).toEqual(label('drop', 70, 96))
  const swallowed = moveEdge(labels, { label: labels[0]!, edge: 'end', beat: 46 })
  expect(swallowed.labels).toEqual([label('intro', 0, 46), labels[2]])
  expect(swallowed.change.dropped).toEqual([label('build', 46, 48)])
  expect(() => moveEdge(labels, { label: labels[1]!, edge: 'start', beat: 45 })).toThrow('needs at least 4')
})

test('split, merge and relabel', () => {
  const labels = [label('drop', 0, 32, 'imported'), label('break', 40, 64)]
  expect(splitLabel(labels, 16).labels.map(key)).toEqual([
    'drop 0 16 imported',
    'drop 16 32 imported',
    'break 40 64 user',
  ])
  expect(() => splitLabel(labels, 30)).toThrow('30–32')
  expect(() => splitLabel(labels, 35)).toThrow('inside no label')
  expect(mergeLabels(labels, labels[1]!, labels[0]!).labels).toEqual([label('drop', 0, 64)])
  expect(relabel(labels, labels[0]!, 'chorus').labels[0]).toEqual(label('chorus', 0, 32))
  const three = [...labels, label('outro', 64, 80)]
  expect(() => mergeLabels(three, three[0]!, three[2]!)).toThrow('break 40–64')
  expect(() => relabel(labels, label('intro', 5, 9), 'drop')).toThrow('no label intro 5–9')
})

test('after any edits the labels are in order, at least 4 beats long, and never overlap', () => {
  fc.assert(
    fc.property(fc.array(arbitraryOperation, { maxLength: 30 }), (operations) => {
      const labels = attemptAll(operations)
      expect(labels).toEqual(sortLabels(labels))
      labels.forEach((one, index) => {
        expect(spanLength(one)).toBeGreaterThanOrEqual(MIN_LABEL_BEATS)
        for (const other of labels.slice(index + 1)) expect(spansOverlap(one, other)).toBe(false)
      })
    }),
  )
})

test('what an edit says it changed is what it changed', () => {
  fc.assert(
    fc.property(fc.array(arbitraryOperation, { maxLength: 12 }), arbitraryOperation, (operations, last) => {
      const labels = attemptAll(operations)
      const edit = attempt(last, labels)
      if (edit) expect(applyChange(labels, edit.change)).toEqual(edit.labels)
    }),
  )
})

test('painting twice is painting once, and beats outside the painted span keep their kind', () => {
  fc.assert(
    fc.property(fc.array(arbitraryOperation, { maxLength: 12 }), arbitraryLabel, (operations, next) => {
      const labels = attemptAll(operations)
      const { labels: painted, change } = paintLabel(labels, next)
      expect(paintLabel(painted, next).labels).toEqual(painted)
      for (let beat = 0; beat < BEATS; beat++) {
        const isPainted = next.startBeat <= beat && beat < next.endBeat
        if (isPainted) expect(kindAt(painted, beat)).toBe(next.kind)
        else if (kindAt(change.dropped, beat) === null) expect(kindAt(painted, beat)).toBe(kindAt(labels, beat))
      }
    }),
  )
})
