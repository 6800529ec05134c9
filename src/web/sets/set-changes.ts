import type { NavigateFunction } from 'react-router'
import type { SetPlace } from '../../core/setlist/kept-set.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { dayText } from '../kit/words/time-text.ts'
import { queryClient } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import { type ShownSet, useSet } from './set-state.ts'

export const addressOfSet = (id: number | null): string => (id === null ? '/sets' : `/sets?set=${id}`)

/** Shows a set as it was answered, before the event says that it has changed. */
const put = (set: ShownSet): void => {
  const { queryKey } = queryOf('showSet', { params: { id: set.id }, query: {} })
  queryClient.setQueryData(queryKey, set)
}

/** Does something with a set; what it says instead of doing it is told. @returns whether it was done */
const change = async (ask: () => Promise<ShownSet>): Promise<boolean> => {
  try {
    put(await ask())
    return true
  } catch (error) {
    notifyProblem(error)
    return false
  }
}

const placesOf = ({ places }: ShownSet): readonly SetPlace[] =>
  places.map(({ track_id, is_locked, style }) => ({ trackId: track_id, isLocked: is_locked, style }))

/** An edit that changes nothing is not sent. */
export const changePlaces = async (
  set: ShownSet,
  edit: (places: readonly SetPlace[]) => readonly SetPlace[],
): Promise<void> => {
  const before = placesOf(set)
  const places = edit(before)
  if (places === before) return
  await change(() =>
    client.changeSet({
      params: { id: set.id },
      body: {
        version: set.version,
        places: places.map(({ trackId, isLocked, style }) => ({ track_id: trackId, is_locked: isLocked, style })),
      },
    }),
  )
}

export const renameSet = ({ id, version }: ShownSet, name: string): Promise<boolean> =>
  change(() => client.changeSet({ params: { id }, body: { name, version } }))

const step = async ({ id }: ShownSet, direction: 'undoSet' | 'redoSet', words: string): Promise<void> => {
  let done: string | null = null
  const isDone = await change(async () => {
    const answer = await client[direction]({ params: { id } })
    done = answer.change
    return answer.set
  })
  if (isDone && done !== null) notify({ tone: 'plain', title: `${words}: ${done}` })
}
export const undoChange = (set: ShownSet): Promise<void> => step(set, 'undoSet', 'Took back')
export const redoChange = (set: ShownSet): Promise<void> => step(set, 'redoSet', 'Did again')

export const copySet = async ({ id }: ShownSet, navigate: NavigateFunction): Promise<void> => {
  await change(async () => {
    const copy = await client.copySet({ params: { id }, body: {} })
    void navigate(addressOfSet(copy.id))
    return copy
  })
}

export const deleteSet = async ({ id, name }: ShownSet, navigate: NavigateFunction): Promise<void> => {
  try {
    await client.deleteSet({ params: { id } })
    useSet.setState({ openId: null })
    void navigate(addressOfSet(null))
    notify({ tone: 'plain', title: `${name} is deleted` })
  } catch (error) {
    notifyProblem(error)
  }
}

/** Keeps a list for DJ programs that goes where all playlists go. */
export const keepAsPlaylist = async ({ name, places }: ShownSet): Promise<void> => {
  try {
    const there = places.filter(({ standing }) => standing !== 'gone')
    await client.keepPlaylist({ body: { name, track_ids: there.map(({ track_id }) => track_id) } })
    notify({
      tone: 'plain',
      title: `Kept as the playlist “${name}”`,
      detail: 'Playlists are written with what goes to your DJ program.',
    })
  } catch (error) {
    notifyProblem(error)
  }
}

/** Keeps what was wished for, then chooses the tracks; where that cannot be, the wish is kept all the same. */
export const planSet = async (set: ShownSet | null, navigate: NavigateFunction): Promise<void> => {
  useSet.setState({ isPlanning: true, problem: null })
  const { wish } = useSet.getState()
  try {
    const name = `Set of ${dayText(new Date().toISOString())}, ${countText(Math.round(wish.minutes), 'minute')}`
    const kept =
      set === null
        ? await client.addSet({ body: { name, wish } })
        : await client.changeSet({ params: { id: set.id }, body: { wish, version: set.version } })
    put(kept)
    if (set === null) {
      useSet.setState({ openId: kept.id })
      void navigate(addressOfSet(kept.id), { replace: true })
    }
    const { set: planned, ...told } = await client.planKeptSet({ params: { id: kept.id }, body: {} })
    put(planned)
    useSet.setState({ told: { ...told, setId: planned.id, version: planned.version } })
  } catch (error) {
    useSet.setState({ problem: error as Error })
  } finally {
    useSet.setState({ isPlanning: false })
  }
}
