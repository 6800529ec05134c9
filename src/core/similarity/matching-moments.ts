/**
 * @file Which seconds of one recording sound most like which of another.
 * Method: the embeddings of a network are averaged over pieces of eight windows; every piece of one is compared with every piece of the
 * other, and the pairs with the largest cosine are taken, each piece once.
 */
import { embeddingOf, type HeardWindows } from '../tags/heard-windows.ts'
import type { Seconds } from '../units/units.ts'

export type MatchingMoment = {
  readonly startSeconds: Seconds
  readonly otherStartSeconds: Seconds
  /** Length of both moments. */
  readonly seconds: Seconds
  /** Cosine of the embeddings, 1 for the same sound. */
  readonly likeness: number
}

/** Eight windows are four bars at the tempo of dance music. */
const PIECE_WINDOWS = 8

type Piece = { readonly startSeconds: Seconds; readonly embedding: Float32Array }

const piecesOf = (heard: HeardWindows): readonly Piece[] =>
  Array.from({ length: Math.ceil(heard.count / PIECE_WINDOWS) }, (_, piece) => {
    const start = piece * PIECE_WINDOWS * heard.seconds
    return { startSeconds: start, embedding: embeddingOf(heard, [start, start + PIECE_WINDOWS * heard.seconds]) }
  })

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

/** @returns at most `count` pairs, the most alike first */
export const matchingMoments = (own: HeardWindows, other: HeardWindows, count: number): readonly MatchingMoment[] => {
  // A network without an embedding tells nothing.
  if (own.embeddings.length === 0 || other.embeddings.length === 0) return []
  const seconds = PIECE_WINDOWS * own.seconds
  const [here, there] = [piecesOf(own), piecesOf(other)]
  const pairs = here
    .flatMap((one) => there.map((two) => ({ one, two, likeness: dot(one.embedding, two.embedding) })))
    .sort((a, b) => b.likeness - a.likeness)
  const taken = new Set<Piece>()
  const found: MatchingMoment[] = []
  for (const { one, two, likeness } of pairs) {
    if (found.length === count) break
    if (taken.has(one) || taken.has(two)) continue
    taken.add(one).add(two)
    found.push({ startSeconds: one.startSeconds, otherStartSeconds: two.startSeconds, seconds, likeness })
  }
  return found
}
