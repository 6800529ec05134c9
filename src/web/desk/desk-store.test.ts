import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import { carrySpans } from '../../core/labels/carry-spans.ts'
import type { Label } from '../../core/labels/label.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { type Change, changesOf } from './desk-changes.ts'
import { type DeskContent, isSameGrid, withGridEdit } from './desk-content.ts'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, text: string) => void kept.set(name, text),
  removeItem: (name: string) => void kept.delete(name),
})
beforeEach(() => kept.clear())
const { adopt, commit, createDeskStore, redo, undo } = await import('./desk-store.ts')
const { paintEdit, stepEdit, editOnGrid } = await import('./label-edits.ts')
type Desk = ReturnType<typeof createDeskStore>

const DURATION = 64
const label = (kind: Label['kind'], startBeat: number, endBeat: number): Label => ({
  kind,
  startBeat,
  endBeat,
  source: 'user',
})
const ghost = (startBeat: number) => ({
  id: `v1-build-${startBeat}`,
  kind: 'build' as const,
  startBeat,
  endBeat: startBeat + 8,
  confidence: 0.5,
  runnerUp: 'drop' as const,
  importedFrom: null,
})
const FIRST: DeskContent = {
  grid: constantGrid(120, 128),
  gridVersion: 1,
  labels: [label('intro', 0, 32), label('drop', 33, 65)],
  rejected: [],
}
const open = (content: DeskContent = FIRST): Desk =>
  createDeskStore({ trackId: 1, durationSeconds: DURATION, content, revision: 'r', knownAt: 0 })
const present = (desk: Desk): DeskContent => desk.getState().history.present
/** What there is, whichever version of the grid it is by now. */
const shown = ({ grid, labels, rejected }: DeskContent) => ({ grid, labels, rejected: rejected.map(({ id }) => id) })

type Gesture = (content: DeskContent) => { readonly after: DeskContent; readonly changes: readonly Change[] }
const painting = ([from, length, kind]: readonly [number, number, Label['kind']]): Gesture => {
  const edit = paintEdit({ startBeat: from, endBeat: from + length }, kind)
  return (content) => {
    const after = { ...content, labels: edit(content.labels) }
    return { after, changes: [{ kind: 'labels', edit, after }] }
  }
}
const rejecting =
  (startBeat: number): Gesture =>
  (content) => {
    // What was turned down is not proposed any more.
    if (content.rejected.some(({ id }) => id === ghost(startBeat).id)) return { after: content, changes: [] }
    const after = { ...content, rejected: [...content.rejected, ghost(startBeat)] }
    return { after, changes: [{ kind: 'reject', ghost: ghost(startBeat), after }] }
  }
const editing =
  (edit: GridEdit): Gesture =>
  (content) => {
    try {
      const after = withGridEdit(content, edit, DURATION)
      return { after, changes: [{ kind: 'grid', body: snakeCase({ ...edit, version: content.gridVersion }), after }] }
    } catch {
      return { after: content, changes: [] }
    }
  }
const gestures: fc.Arbitrary<Gesture> = fc.oneof(
  fc.tuple(fc.nat(60), fc.integer({ min: 4, max: 30 }), fc.constantFrom(...SECTION_KINDS)).map(painting),
  fc.nat(1000).map(rejecting),
  fc
    .oneof(
      fc.constantFrom<GridEdit>(
        { kind: 'halve' },
        { kind: 'double' },
        { kind: 'shift', beats: 1 },
        { kind: 'shift-phrase', bars: 1 },
        { kind: 'phrases', seconds: [4, 30.5, 44] },
        { kind: 'nudge', seconds: 0.25 },
        { kind: 'half-beat', direction: 'later' },
        { kind: 'pin', seconds: 61.1 },
        { kind: 'metre', beats: 3, seconds: 20 },
        { kind: 'confirm' },
      ),
      fc.record({
        kind: fc.constant('tempo' as const),
        bpm: fc.integer({ min: 60, max: 200 }),
        seconds: fc.integer({ min: 0, max: 60 }),
      }),
    )
    .map(editing),
)

/** What a server holds after it was told of changes one by one; versions of the grid are counted as it counts them. */
const createServer = () => {
  let held = FIRST
  const versions = new Map([[1, FIRST.grid]])
  const tell = (change: Change): void => {
    if (change.kind === 'labels') held = { ...held, labels: change.edit(held.labels) }
    else if (change.kind === 'grid') {
      const { body, after } = change
      expect(body.version).toBe(held.gridVersion)
      const gridVersion = held.gridVersion + 1
      held =
        body.kind === 'restore'
          ? { ...held, grid: versions.get(Number(body.to))!, gridVersion, labels: after.labels }
          : withGridEdit(held, camelCase(body) as GridEdit, DURATION)
      versions.set(gridVersion, held.grid)
    } else {
      const others = held.rejected.filter(({ id }) => id !== change.ghost.id)
      held = { ...held, rejected: change.kind === 'reject' ? [...others, change.ghost] : others }
    }
  }
  return { tell, held: () => held }
}

test('whatever was done, all of it taken back is what there was, and done again what there is; the server follows', () => {
  fc.assert(
    fc.property(fc.array(gestures, { minLength: 1, maxLength: 10 }), (made) => {
      kept.clear()
      const desk = open()
      const server = createServer()
      const follow = (changes: readonly Change[]): void => {
        changes.forEach(server.tell)
        expect(shown(server.held())).toEqual(shown(present(desk)))
        expect(server.held().gridVersion).toBe(present(desk).gridVersion)
      }
      const states = [shown(present(desk))]
      for (const gesture of made) {
        const { after, changes } = gesture(present(desk))
        if (!commit(desk, after, 'a gesture')) continue
        follow(changes)
        states.push(shown(present(desk)))
      }
      for (const direction of ['back', 'forth', 'back'] as const) {
        const wanted = direction === 'back' ? states.toReversed() : states
        for (const state of wanted.slice(1)) {
          follow(changesOf((direction === 'back' ? undo : redo)(desk)!))
          expect(shown(present(desk))).toEqual(state)
        }
        expect((direction === 'back' ? undo : redo)(desk)).toBeNull()
      }
    }),
  )
})

test('undo and redo say what they took back, the grid as well as labels', () => {
  const desk = open()
  commit(desk, { ...FIRST, labels: [] }, 'deleted all')
  commit(desk, withGridEdit(present(desk), { kind: 'nudge', seconds: 0.25 }, DURATION), 'grid half a beat later')
  const said = (): string => desk.getState().said
  expect(said()).toBe('Grid half a beat later.')
  undo(desk)
  expect(said()).toBe('Undone: grid half a beat later.')
  undo(desk)
  expect(said()).toBe('Undone: deleted all.')
  expect(undo(desk)).toBeNull()
  expect(said()).toBe('Nothing to undo.')
  redo(desk)
  expect(said()).toBe('Redone: deleted all.')
})

test('a gesture under way comes first: a tapped section is let go of, a drag goes on, and the past stays', () => {
  const desk = open()
  commit(desk, { ...FIRST, labels: [] }, 'deleted all')
  desk.setState({ preview: [] })
  expect(undo(desk)).toBeNull()
  desk.setState({ preview: null, tap: { kind: 'drop', startBeat: 8 } })
  expect(undo(desk)).toBeNull()
  expect(desk.getState().tap).toBeNull()
  expect(present(desk).labels).toEqual([])
  expect(undo(desk)).not.toBeNull()
  expect(present(desk).labels).toEqual(FIRST.labels)
})

test('what is kept leads back after a reload, behind an edit of the grid too, and is forgotten where the track has moved on', () => {
  const desk = open()
  commit(desk, { ...FIRST, labels: [label('verse', 0, 16)] }, 'verse, bars 1–4')
  commit(desk, withGridEdit(present(desk), { kind: 'halve' }, DURATION), 'grid at half the tempo')
  const again = open({ ...present(desk), gridVersion: 2 })
  expect(undo(again)).toMatchObject({ restored: 1 })
  expect(again.getState().said).toBe('Undone: grid at half the tempo.')
  expect(shown(present(again))).toEqual({ grid: FIRST.grid, labels: [label('verse', 0, 16)], rejected: [] })
  undo(again)
  expect(shown(present(again))).toEqual(shown(FIRST))
  expect(undo(open({ ...FIRST, labels: [] }))).toBeNull()
})

test('what came from elsewhere is a step that undo leads back behind', () => {
  const desk = open()
  const theirs = withGridEdit(FIRST, { kind: 'double' }, DURATION)
  expect(adopt(desk, theirs, { name: 'grid changed elsewhere', revision: 'new', knownAt: 1 })).toBe(true)
  expect(adopt(desk, theirs, { name: 'grid changed elsewhere', revision: 'new', knownAt: 2 })).toBe(false)
  expect(changesOf(undo(desk)!)).toMatchObject([{ kind: 'grid', body: { kind: 'restore', to: 1, version: 2 } }])
  expect(shown(present(desk))).toEqual(shown(FIRST))
})

test('an edit of the grid that the server refused leads nowhere: undo goes behind it', () => {
  const desk = open()
  commit(desk, { ...FIRST, labels: [] }, 'deleted all')
  commit(desk, withGridEdit(present(desk), { kind: 'shift', beats: 1 }, DURATION), 'first beat one beat later')
  commit(desk, { ...present(desk), labels: [label('drop', 0, 16)] }, 'drop, bars 1–4')
  const theirs = withGridEdit(FIRST, { kind: 'double' }, DURATION)
  adopt(desk, theirs, { name: 'grid changed elsewhere', revision: 'new', knownAt: 1, lastVersion: 1 })
  expect(changesOf(undo(desk)!)).toMatchObject([{ body: { kind: 'restore', to: 1, version: 2 } }])
  expect(desk.getState().said).toBe('Undone: grid changed elsewhere.')
  expect(shown(present(desk))).toEqual({ grid: FIRST.grid, labels: [], rejected: [] })
  undo(desk)
  expect(shown(present(desk))).toEqual(shown(FIRST))
})

test('what is selected and begun goes along to another grid', () => {
  const desk = open()
  desk.setState({ selectedBeat: 33, tap: { kind: 'break', startBeat: 96 } })
  commit(desk, withGridEdit(FIRST, { kind: 'double' }, DURATION), 'grid at twice the tempo')
  expect(desk.getState()).toMatchObject({ selectedBeat: 66, tap: { startBeat: 192 } })
})

test('a step is made again on labels that changed meanwhile without touching them', () => {
  const theirs = [label('intro', 0, 32), label('outro', 96, 128)]
  const edit = stepEdit(FIRST.labels, [label('intro', 0, 32), label('verse', 40, 56)])
  expect(edit(theirs)).toEqual([label('intro', 0, 32), label('verse', 40, 56), label('outro', 96, 128)])
})

test('an edit of labels is made on a grid that changed meanwhile where it was meant, and moves no other label', () => {
  const halved = withGridEdit(FIRST, { kind: 'halve' }, DURATION)
  const edit = editOnGrid(paintEdit({ startBeat: 80, endBeat: 96 }, 'outro'), FIRST.grid, halved.grid)
  expect(isSameGrid(FIRST.grid, halved.grid)).toBe(false)
  expect(edit(halved.labels)).toEqual([
    ...halved.labels,
    ...carrySpans([label('outro', 80, 96)], FIRST.grid, halved.grid),
  ])
})
