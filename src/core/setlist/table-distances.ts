/**
 * @file How far the sounds of a pool are apart, as far as a table of its transitions needs to know.
 * Method: of a large pool the sounds of two tracks are compared only where key and tempo allow a good transition
 * (`transition-candidates.ts`); the others count as two random tracks do. Whatever a plan uses of them is judged in full in any case.
 * Conventions: tracks are numbers from 0.
 */
import { type Sound, type SoundScale, SoundTable } from '../similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../similarity/sound-weights.ts'
import { transitionCandidates } from './transition-candidates.ts'
import { type MixTrack, mixFacts, type TableDistances } from './transition-table.ts'

type SoundingEnds = MixTrack & { readonly outSound: Sound; readonly inSound: Sound }

/** In a pool up to this size everything is compared: few tracks may leave a track no choice but one of another key. */
const MOST_COMPARED_ALL = 500
/** What cannot score so much by key and tempo is hardly ever played out of a large pool: the transitions of planned sets score .8 and more. */
const LEAST_BY_KEY_AND_TEMPO = 0.7

const NOTHING: TableDistances = { from: () => null, into: () => null }

/** @param scale null where a library is too small to have one */
export const tableDistances = (
  tracks: readonly SoundingEnds[],
  scale: SoundScale | null,
  mostComparedAll = MOST_COMPARED_ALL,
): TableDistances => {
  if (scale === null) return NOTHING
  const count = tracks.length
  const least = count > mostComparedAll ? LEAST_BY_KEY_AND_TEMPO : 0
  const { order, stretchesFor } = transitionCandidates(tracks.map(mixFacts), least)
  const placeOf = new Int32Array(count)
  for (const [place, track] of order.entries()) placeOf[track] = place
  const inOrder = Array.from(order, (track) => tracks[track]!)
  const sounds = new SoundTable(
    [...inOrder.map(({ outSound }) => outSound), ...inOrder.map(({ inSound }) => inSound)],
    SOUND_WEIGHTS,
    scale,
  )
  /** @param row of the sound that others are compared with @param begin of those others */
  const compare = (track: number, row: number, begin: number): Float32Array => {
    const distances = new Float32Array(count).fill(Math.SQRT2)
    for (const [first, end] of stretchesFor(track)) {
      const found = sounds.distancesFrom(row, begin + first, begin + end)
      for (let place = first; place < end; place++) distances[order[place]!] = found[place - first]!
    }
    return distances
  }
  return {
    from: (track) => compare(track, placeOf[track]!, count),
    into: (track) => compare(track, count + placeOf[track]!, 0),
  }
}
