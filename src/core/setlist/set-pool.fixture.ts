import { createRandom } from '../support/random.ts'
import { energyRanks } from './energy-arc.ts'
import { scoreOfObstacle } from './obstacles.ts'
import type { OrderProblem } from './order-problem.ts'
import type { PoolTrack } from './plan-set.ts'

export type GeneratedPool = {
  readonly tracks: readonly PoolTrack[]
  readonly edgesFrom: (track: number) => Float64Array
  readonly edgesInto: (track: number) => Float64Array
}

/** Asks for each row once. */
export const keepRows = (edgesFrom: (track: number) => Float64Array): ((track: number) => Float64Array) => {
  const rows: Float64Array[] = []
  return (track) => {
    rows[track] ??= edgesFrom(track)
    return rows[track]
  }
}

/** Tracks with keys on a wheel, tempi of 120 to 130 BPM and a place in a room of sounds; transitions as DJs would judge them. */
export const generatedPool = (count: number, seed: number): GeneratedPool => {
  const random = createRandom(seed)
  const own = Array.from({ length: count }, (_, at) => ({
    title: `T${at}`,
    outBars: 32,
    key: Math.floor(random() * 12),
    bpm: 120 + 10 * random(),
    sound: [random(), random(), random()],
    energy: random(),
    artist: `artist ${Math.floor((random() * count) / 2)}`,
    minutes: 3 + 4 * random(),
    openingMinutes: 0.5,
    closingMinutes: 1,
  }))
  const edge = (from: number, to: number): number => {
    if (to === from) return scoreOfObstacle('the same track')
    const { key, bpm, sound } = own[to]!
    const turn = (key - own[from]!.key + 12) % 12
    const harmony = Math.min(turn, 12 - turn) <= 1 ? 1 : 0.2
    const tempo = Math.max(0.05, 1 - Math.abs(bpm / own[from]!.bpm - 1) * 12)
    const likeness = Math.max(0.05, 1 - sound.reduce((sum, value, at) => sum + (value - own[from]!.sound[at]!) ** 2, 0))
    return harmony ** 0.4 * tempo ** 0.3 * likeness ** 0.3
  }
  const edgesFrom = (from: number): Float64Array => Float64Array.from(own, (_, to) => edge(from, to))
  const edgesInto = (to: number): Float64Array => Float64Array.from(own, (_, from) => edge(from, to))
  return { tracks: own, edgesFrom, edgesInto }
}

/** How well each track leads into one, by the rows of all. */
export const columnOf = (edgesFrom: GeneratedPool['edgesFrom'], count: number): ((track: number) => Float64Array) => {
  const row = keepRows(edgesFrom)
  return (to) => Float64Array.from({ length: count }, (_, from) => row(from)[to]!)
}

export const orderProblem = (
  { tracks, edgesFrom, edgesInto }: GeneratedPool,
  places: number,
  wish: Partial<OrderProblem> = {},
): OrderProblem => ({
  count: tracks.length,
  places,
  edgesFrom: keepRows(edgesFrom),
  edgesInto: keepRows(edgesInto),
  energies: energyRanks(tracks.map(({ energy }) => energy)),
  arc: Float64Array.from({ length: places }, (_, place) => Math.sin((Math.PI * (place + 0.5)) / places)),
  artists: Int32Array.from(tracks, ({ artist }) => Number(artist!.split(' ')[1])),
  artistDistance: 2,
  fixed: new Map(),
  mustPlay: new Set(),
  ...wish,
})
