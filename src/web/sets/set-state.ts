import { z } from 'zod'
import { create } from 'zustand'
import type { Answer } from '../../api/operations/client.ts'
import { setWish } from '../../api/operations/set-wish.ts'
import { USUAL_TEMPO_STEP_PERCENT } from '../../core/setlist/kept-set.ts'

export type ShownSet = Answer<'showSet'>
export type ShownPlace = ShownSet['places'][number]
export type Wish = z.output<typeof setWish>
export type NamedTrack = { readonly id: number; readonly title: string }
/** What a plan said besides the set, as long as the set is of that version. */
export type PlanTold = Omit<Answer<'planKeptSet'>, 'set'> & { readonly setId: number; readonly version: number }

type SetState = {
  /** As it stands in the form. */
  readonly wish: Wish
  /** Names of tracks that the wish speaks of. */
  readonly titles: Readonly<Record<number, string>>
  /** The set that is open; null for a new one. It outlives a visit of the desk. */
  readonly openId: number | null
  /** What that set is wished to be, as it was last put into the form or kept from it. */
  readonly inForm: string | null
  /** Rises whenever a kept wish is put into the form, so that fields which hold their own text begin anew. */
  readonly wishShown: number
  readonly told: PlanTold | null
  readonly isPlanning: boolean
  /** Why the last plan came to nothing. */
  readonly problem: Error | null
}

const STORED_AS = 'algiers.set-wish'
const USUAL_WISH = setWish.parse({
  minutes: 60,
  // The form has a field for each direction.
  max_tempo_step_percent: null,
  max_tempo_rise_percent: USUAL_TEMPO_STEP_PERCENT,
  max_tempo_fall_percent: USUAL_TEMPO_STEP_PERCENT,
})
const stored = z.object({ wish: setWish, titles: z.record(z.string(), z.string()) })

const readStored = (): Pick<SetState, 'wish' | 'titles'> => {
  try {
    const found = stored.safeParse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null')).data
    return found ?? { wish: USUAL_WISH, titles: {} }
  } catch {
    // What is kept is no JSON: another version wrote it.
    return { wish: USUAL_WISH, titles: {} }
  }
}

export const useSet = create<SetState>(() => ({
  ...readStored(),
  openId: null,
  inForm: null,
  wishShown: 0,
  told: null,
  isPlanning: false,
  problem: null,
}))

/** @param named tracks that the change speaks of for the first time */
export const changeWish = (change: Partial<Wish>, named: readonly NamedTrack[] = []): void => {
  const { wish: before, titles: known } = useSet.getState()
  const wish = { ...before, ...change }
  const titles = { ...known, ...Object.fromEntries(named.map(({ id, title }) => [id, title])) }
  localStorage.setItem(STORED_AS, JSON.stringify({ wish, titles }))
  useSet.setState({ wish, titles })
}

/** The form is that of a set, and says what the set is wished to be. */
export const markInForm = ({ id, wish }: ShownSet): void =>
  useSet.setState({ openId: id, inForm: JSON.stringify(wish) })

/** The form is that of a new set. */
export const openNone = (): void => useSet.setState({ openId: null, inForm: null, problem: null })

/** Puts into the form what a set is wished to be, unless it came from there: what was typed since then stays. */
export const showWishOf = (set: ShownSet): void => {
  const { openId, inForm } = useSet.getState()
  if (openId === set.id && inForm === JSON.stringify(set.wish)) return
  const titles = Object.fromEntries(set.named.map((track) => [track.id, track.title]))
  markInForm(set)
  useSet.setState(({ titles: known, wishShown }) => ({
    wish: set.wish,
    titles: { ...known, ...titles },
    wishShown: wishShown + 1,
    problem: null,
  }))
}

export const titleOf = (titles: SetState['titles'], id: number): string => titles[id] ?? `Track ${id}`
