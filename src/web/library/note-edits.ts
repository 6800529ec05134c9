import { changeNotes, type NotesChange, type SeenNotes } from '../../core/library/track-notes.ts'
import { camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { makeTurns } from '../kit/in-turn.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { queryClient } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import type { TrackPage, TrackRow } from '../queries/use-tracks.ts'
import { nextGesture } from './gesture-order.ts'

type Notes = TrackRow['notes']
type Changed = Awaited<ReturnType<typeof client.changeNotes>>['changed']
/** @param words what was changed, e.g. `rating of 3 tracks` */
type Step = { readonly words: string; readonly changed: Changed; readonly at: number }

/** As many steps as anybody takes back. */
const MOST_STEPS = 100
let done: readonly Step[] = []
let undone: readonly Step[] = []
/** When the last change was made, or taken back, among all gestures in the library; 0 for never. */
export const lastNotesGesture = (): number => done.at(-1)?.at ?? 0
export const lastNotesUndo = (): number => undone.at(-1)?.at ?? 0

/** One change after the other, so that each finds what the one before it left. */
const inTurn = makeTurns()

const LISTS = { queryKey: [queryOf('listTracks').queryKey[0]] }

/** Changes what the lists show at once, before the server has answered. */
const showNotes = (of: (track: TrackRow) => Notes): void => {
  queryClient.setQueriesData<TrackPage>(
    LISTS,
    (page) => page && { ...page, tracks: page.tracks.map((track) => ({ ...track, notes: of(track) })) },
  )
}

const showChanged = (changed: Changed): void => {
  const after = new Map(changed.map((one) => [one.track_id, one.after]))
  showNotes((track) => after.get(track.id) ?? track.notes)
}

/** What was shown too early is asked for again. */
const refuse = async (error: unknown): Promise<void> => {
  notifyProblem(error)
  await queryClient.invalidateQueries(LISTS)
}

export type NotesEdit = {
  readonly trackIds: readonly number[]
  readonly change: NotesChange
  /** What was shown where it was changed. */
  readonly seen?: SeenNotes
  /** What is changed, e.g. `rating`. */
  readonly what: string
  /** Of the one track that is changed. */
  readonly title?: string | undefined
}

/** Changes what is noted of tracks; it can be taken back. */
export const editNotes = ({ trackIds, change, seen, what, title }: NotesEdit): Promise<void> => {
  const ids = new Set(trackIds)
  showNotes((track) =>
    ids.has(track.id) ? (snakeCase(changeNotes(camelCase(track.notes), change)) as Notes) : track.notes,
  )
  return inTurn(async () => {
    try {
      const body = { ...snakeCase(change), ...(seen ? { seen: snakeCase(seen) } : {}), track_ids: [...ids] }
      const { changed } = await client.changeNotes({ body })
      showChanged(changed)
      if (changed.length === 0) return
      const words = `${what} of ${changed.length === 1 && title ? title : countText(changed.length)}`
      done = [...done.slice(1 - MOST_STEPS), { words, changed, at: nextGesture() }]
      undone = []
      if (changed.length > 1)
        notify({
          tone: 'plain',
          title: `Changed: ${words}`,
          action: { name: 'Undo', run: () => void undoNotes() },
        })
    } catch (error) {
      await refuse(error)
    }
  })
}

const restore = async (changed: Changed): Promise<Changed> => {
  const notes = changed.map(({ track_id, before, after }) => ({ track_id, notes: before, seen: after }))
  const restored = await client.restoreNotes({ body: { notes } })
  showChanged(restored.changed)
  return restored.changed
}

/** Takes the last change back; where somebody has changed the same since, it stays, and that is said. */
export const undoNotes = (): Promise<void> =>
  inTurn(async () => {
    const step = done.at(-1)
    if (step === undefined) return notify({ tone: 'plain', title: 'Nothing to undo here' })
    done = done.slice(0, -1)
    try {
      undone = [...undone, { ...step, changed: await restore(step.changed), at: nextGesture() }]
      notify({ tone: 'plain', title: `Undone: ${step.words}` })
    } catch (error) {
      await refuse(error)
    }
  })

/** Does again what was taken back last. */
export const redoNotes = (): Promise<void> =>
  inTurn(async () => {
    const step = undone.at(-1)
    if (step === undefined) return notify({ tone: 'plain', title: 'Nothing to redo here' })
    undone = undone.slice(0, -1)
    try {
      done = [...done, { ...step, changed: await restore(step.changed), at: nextGesture() }]
      notify({ tone: 'plain', title: `Redone: ${step.words}` })
    } catch (error) {
      await refuse(error)
    }
  })
