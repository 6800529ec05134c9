/**
 * @file By which sounds two tracks are compared, depending on how the one goes into the other: those of the stretches that the windows of a
 * style lie on and around. A cut is too short to sound like anything; it counts by the bars of a drop around it.
 */
import type { Span } from '../labels/span.ts'
import type { Sound } from '../similarity/sound-table.ts'
import { type SoundScale, soundDistance } from '../similarity/sound-table.ts'
import type { MixPlaces } from './mix-sides.ts'
import type { MixStyle } from './mix-styles.ts'

/** Out of an outro, a break and a drop, and into an intro and a drop; null where there is none. */
type Ways<Value> = {
  readonly out: readonly [outro: Value | null, rest: Value | null, drop: Value | null]
  readonly into: readonly [intro: Value | null, drop: Value | null]
}
export type WaySounds = Ways<Sound>

const WAYS: Readonly<Record<MixStyle, readonly [out: 0 | 1 | 2, into: 0 | 1]>> = {
  'outro to intro': [0, 0],
  'break to intro': [1, 0],
  'drop to drop': [2, 1],
  'quick cut': [2, 1],
}

export const soundSpans = ({ out, into }: MixPlaces): Ways<Span> => ({
  out: [out['outro to intro'], out['break to intro'], out['drop to drop'] ?? out['quick cut']],
  into: [into['outro to intro'], into['drop to drop'] ?? into['quick cut']],
})

/** A distance says nothing of a stretch that was not heard. */
const isHeard = (sound: Sound | null): sound is Sound =>
  sound !== null && (sound.features !== null || sound.embedding !== null)

/** @param scale null where a library is too small to have one */
export const distanceBetween = (scale: SoundScale | null, one: Sound | null, other: Sound | null): number | null =>
  scale !== null && isHeard(one) && isHeard(other) ? soundDistance(scale, one, other) : null

export const wayDistance = (
  scale: SoundScale | null,
  style: MixStyle,
  [one, other]: readonly [WaySounds, WaySounds],
): number | null => distanceBetween(scale, one.out[WAYS[style][0]], other.into[WAYS[style][1]])
