import { z } from 'zod'
import { create } from 'zustand'
import { ENERGY_ARC_NAMES } from '../../core/setlist/energy-arc.ts'
import { client } from '../kit/client.ts'

export type PlannedSet = Awaited<ReturnType<typeof client.planSet>>
export type SetTrack = PlannedSet['tracks'][number]

const named = z.object({ id: z.number(), title: z.string() })
export type NamedTrack = z.output<typeof named>

const wishSchema = z.object({
  minutes: z.number().positive().max(1440),
  arc: z.enum(ENERGY_ARC_NAMES),
  /** Whether only tracks are chosen that the list of the library shows. */
  isFiltered: z.boolean(),
  opening: named.nullable(),
  closing: named.nullable(),
  never: z.array(named),
  /** In per cent; 0 for any. */
  tempoStep: z.number().min(0).max(100),
  artistGap: z.number().int().min(0).max(100),
  noTwoVoices: z.boolean(),
  seed: z.number().int(),
})
export type Wish = z.output<typeof wishSchema>

const USUAL_WISH: Wish = {
  minutes: 60,
  arc: 'peak',
  isFiltered: false,
  opening: null,
  closing: null,
  never: [],
  tempoStep: 6,
  artistGap: 1,
  noTwoVoices: false,
  seed: 1,
}

type SetState = {
  readonly wish: Wish
  readonly plan: PlannedSet | null
  /** Place in the plan, from 0 → the track that stays there. */
  readonly kept: ReadonlyMap<number, number>
  readonly isPlanning: boolean
  readonly problem: Error | null
}

const STORED_AS = 'algiers.set-wish'

const readWish = (): Wish => {
  try {
    return wishSchema.safeParse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null')).data ?? USUAL_WISH
  } catch {
    // What is kept is no JSON: another version wrote it.
    return USUAL_WISH
  }
}

export const useSet = create<SetState>(() => ({
  wish: readWish(),
  plan: null,
  kept: new Map(),
  isPlanning: false,
  problem: null,
}))

export const changeWish = (change: Partial<Wish>): void => {
  const wish = { ...useSet.getState().wish, ...change }
  localStorage.setItem(STORED_AS, JSON.stringify(wish))
  useSet.setState({ wish })
}

/** Keeps the track of a place there, or lets it go. */
export const toggleKept = (place: number, trackId: number): void =>
  useSet.setState(({ kept: before }) => {
    const kept = new Map(before)
    if (!kept.delete(place)) kept.set(place, trackId)
    return { kept }
  })

/** @param pool parameters of the list of tracks, as in an address */
const requestOf = ({ wish, kept }: SetState, pool: string): Parameters<typeof client.planSet>[0]['body'] => {
  const { opening, closing, never, tempoStep } = wish
  return {
    minutes: wish.minutes,
    ...(wish.isFiltered ? { pool } : {}),
    arc: wish.arc,
    seed: wish.seed,
    never_play: never.map(({ id }) => id),
    fixed: [
      ...(opening ? [{ place: 1, track_id: opening.id }] : []),
      ...[...kept].map(([place, track_id]) => ({ place: place + 1, track_id })),
      ...(closing ? [{ place: -1, track_id: closing.id }] : []),
    ],
    artist_gap: wish.artistGap,
    max_tempo_step_percent: tempoStep || null,
    no_two_voices: wish.noTwoVoices,
  }
}

/** Plans anew; what was planned before stays until the new plan is there. */
export const planAgain = async (pool: string): Promise<void> => {
  useSet.setState({ isPlanning: true, problem: null })
  try {
    const plan = await client.planSet({ body: requestOf(useSet.getState(), pool) })
    // A track that was to stay stays at its place only as long as the set has it.
    const kept = new Map([...useSet.getState().kept].filter(([place, id]) => plan.tracks[place]?.id === id))
    useSet.setState({ plan, kept, isPlanning: false })
  } catch (error) {
    useSet.setState({ problem: error as Error, isPlanning: false })
  }
}

/** How a track of the plan goes into the next by now. */
export const putTransition = (place: number, transition: PlannedSet['transitions'][number]): void =>
  useSet.setState(({ plan }) => ({
    plan: plan && { ...plan, transitions: plan.transitions.with(place, transition) },
  }))
