import type { NavigateFunction } from 'react-router'
import type { SetPlace } from '../../core/setlist/kept-set.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { makeTurns } from '../kit/in-turn.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { dayText } from '../kit/words/time-text.ts'
import { queryClient } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import { markInForm, openNone, type ShownSet, useSet } from './set-state.ts'

export const addressOfSet = (id: number | null): string => (id === null ? '/sets' : `/sets?set=${id}`)

/** What a set became by changes that were made here, each of the one before it. */
let own: { readonly set: ShownSet; readonly versions: ReadonlySet<number> } | null = null

/** Shows a set as it was answered, before the event says that it has changed. @param from what it was made of */
const put = async (set: ShownSet, from?: ShownSet): Promise<void> => {
  const parent = from?.id === set.id ? [from.version] : []
  const known = own?.set.id === set.id && parent.includes(own.set.version) ? own.versions : []
  own = { set, versions: new Set([...known, ...parent, set.version]) }
  const { queryKey } = queryOf('showSet', { params: { id: set.id }, query: {} })
  // What is on its way may have been answered before the change, and would be shown in its place: it is asked for again.
  const isOnItsWay = queryClient.isFetching({ queryKey, exact: true }) > 0
  await queryClient.cancelQueries({ queryKey, exact: true })
  queryClient.setQueryData(queryKey, set)
  if (isOnItsWay) void queryClient.invalidateQueries({ queryKey, exact: true })
}

/**
 * What a set has become by what was done here since it was seen, so that quick steps do not refuse each other.
 * What another window did is not passed over: the server then refuses.
 */
const asChangedHere = (seen: ShownSet): ShownSet =>
  own !== null && own.set.id === seen.id && own.versions.has(seen.version) ? own.set : seen

const inTurn = makeTurns()

/** Changes a set; what the server says instead of doing it is told. @returns whether it was done */
const change = (seen: ShownSet, ask: (now: ShownSet) => Promise<ShownSet>): Promise<boolean> =>
  inTurn(async () => {
    try {
      const now = asChangedHere(seen)
      const after = await ask(now)
      if (after !== now) await put(after, now)
      return true
    } catch (error) {
      own = null
      notifyProblem(error)
      return false
    }
  })

const placesOf = ({ places }: ShownSet): readonly SetPlace[] =>
  places.map(({ track_id, is_locked, style, trim_db }) => ({
    trackId: track_id,
    isLocked: is_locked,
    style,
    trimDb: trim_db,
  }))

/**
 * Edits at the track that was seen at a place, wherever it is by now; one after the last place is the end.
 * An edit that changes nothing is not sent.
 */
export const changePlaces = async (
  seen: ShownSet,
  at: number,
  edit: (places: readonly SetPlace[], at: number) => readonly SetPlace[],
): Promise<void> => {
  const track = seen.places[at]?.track_id
  await change(seen, async (now) => {
    const before = placesOf(now)
    const found = track === undefined ? before.length : before.findIndex(({ trackId }) => trackId === track)
    const places = found < 0 ? before : edit(before, found)
    if (places === before) return now
    return client.changeSet({
      params: { id: now.id },
      body: {
        version: now.version,
        places: snakeCase(places),
      },
    })
  })
}

export const renameSet = (seen: ShownSet, name: string): Promise<boolean> =>
  change(seen, ({ id, version }) => client.changeSet({ params: { id }, body: { name, version } }))

const step = async (seen: ShownSet, direction: 'undoSet' | 'redoSet', words: string): Promise<void> => {
  let done: string | null = null
  const isDone = await change(seen, async ({ id }) => {
    const answer = await client[direction]({ params: { id } })
    done = answer.change
    return answer.set
  })
  if (isDone && done !== null) notify({ tone: 'plain', title: `${words}: ${done}` })
}
export const undoChange = (set: ShownSet): Promise<void> => step(set, 'undoSet', 'Took back')
export const redoChange = (set: ShownSet): Promise<void> => step(set, 'redoSet', 'Did again')

export const copySet = async (seen: ShownSet, navigate: NavigateFunction): Promise<void> => {
  await change(seen, async ({ id }) => {
    const copy = await client.copySet({ params: { id }, body: {} })
    void navigate(addressOfSet(copy.id))
    return copy
  })
}

export const deleteSet = async ({ id, name }: ShownSet, navigate: NavigateFunction): Promise<void> => {
  try {
    await client.deleteSet({ params: { id } })
    openNone()
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
export const planSet = async (seen: ShownSet | null, navigate: NavigateFunction): Promise<void> => {
  useSet.setState({ isPlanning: true, problem: null })
  const { wish } = useSet.getState()
  const plan = async (): Promise<void> => {
    const name = `Set of ${dayText(new Date().toISOString())}, ${countText(Math.round(wish.minutes), 'minute')}`
    const now = seen === null ? undefined : asChangedHere(seen)
    const kept =
      now === undefined
        ? await client.addSet({ body: { name, wish } })
        : await client.changeSet({ params: { id: now.id }, body: { wish, version: now.version } })
    await put(kept, now)
    markInForm(kept)
    if (now === undefined) void navigate(addressOfSet(kept.id), { replace: true })
    const { set: planned, ...told } = await client.planKeptSet({ params: { id: kept.id }, body: {} })
    await put(planned, kept)
    useSet.setState({ told: { ...told, setId: planned.id, version: planned.version } })
  }
  try {
    await inTurn(plan)
  } catch (error) {
    own = null
    useSet.setState({ problem: error as Error })
  } finally {
    useSet.setState({ isPlanning: false })
  }
}
