import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { featuresIn } from '../features/features-in.ts'
import { type Span, spanLength } from '../labels/span.ts'
import { standardised } from '../similarity/standardised.ts'
import { trackVector } from '../similarity/track-vector.ts'

/** A part of a track, and how it sounds; null where that is not at hand. */
export type SoundingPart = { readonly sound: Float32Array | null; readonly place: Float32Array }

/** @param beats of the whole track, with its features where they are at hand */
export const soundingPart = (
  span: Span,
  { features, beats }: { readonly features: FeatureMatrix | null; readonly beats: number },
): SoundingPart => ({
  sound: features && trackVector(featuresIn(features, span)),
  place: Float32Array.from([span.startBeat / beats, span.endBeat / beats, Math.log(spanLength(span))]),
})

/** Vectors that can be compared: how parts sound, and, as heavy as all of that, where they lie and how long they are. */
export const partVectors = (parts: readonly SoundingPart[]): readonly (Float64Array | null)[] => {
  const heard = parts.filter(({ sound }) => sound !== null)
  const sounds = standardised(heard.map(({ sound }) => sound!))
  const places = standardised(heard.map(({ place }) => place))
  const weight = Math.sqrt((sounds[0]?.length ?? 0) / (places[0]?.length ?? 1))
  let next = 0
  return parts.map(({ sound }) => {
    if (sound === null) return null
    const at = next++
    return Float64Array.from([...sounds[at]!, ...places[at]!.map((value) => weight * value)])
  })
}
