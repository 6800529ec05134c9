import type { StripPart } from '../core/sections/track-strip.ts'

type PartOnWire = Omit<StripPart, 'kind'> & { readonly label: StripPart['kind'] }
type Striped = { readonly strip: readonly StripPart[] | null }
type StripedOnWire<Track extends Striped> = Omit<Track, 'strip'> & { readonly strip: readonly PartOnWire[] | null }

/** On the wire a part of a strip calls its kind `label`, as a section does. */
export const stripDocument = (strip: readonly StripPart[]): readonly PartOnWire[] =>
  strip.map(({ kind: label, ...part }) => ({ label, ...part }))

export const stripedDocument = <Track extends Striped>(track: Track): StripedOnWire<Track> => ({
  ...track,
  strip: track.strip && stripDocument(track.strip),
})

/** What is said of a track, with its strip as on the wire. */
export const besideStripedDocument = <Said extends { readonly track: Striped }>(
  said: Said,
): Omit<Said, 'track'> & { readonly track: StripedOnWire<Said['track']> } => ({
  ...said,
  track: stripedDocument(said.track),
})
