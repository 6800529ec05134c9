import type { StripPart } from '../../core/sections/track-strip.ts'
import { type SnakeCased, snakeCase } from '../../core/support/snake-case.ts'

type PartOnWire = Omit<StripPart, 'kind'> & { readonly label: StripPart['kind'] }
type Striped = { readonly strip: readonly StripPart[] | null }
type StripedOnWire<Track extends Striped> = Omit<Track, 'strip'> & { readonly strip: readonly PartOnWire[] | null }

/** On the wire a part of a strip calls its kind `label`, as a section does. */
const onWire = (strip: readonly StripPart[]): readonly PartOnWire[] =>
  strip.map(({ kind: label, ...part }) => ({ label, ...part }))

const stripedOnWire = <Track extends Striped>(track: Track): StripedOnWire<Track> => ({
  ...track,
  strip: track.strip && onWire(track.strip),
})

export const stripDocument = (strip: readonly StripPart[]): SnakeCased<readonly PartOnWire[]> =>
  snakeCase(onWire(strip))

/** A track with its strip. */
export const trackDocument = <Track extends Striped>(track: Track): SnakeCased<StripedOnWire<Track>> =>
  snakeCase(stripedOnWire(track))

/** What is said of a track, with the track. */
export const besideTrackDocument = <Said extends { readonly track: Striped }>(
  said: Said,
): SnakeCased<Omit<Said, 'track'> & { readonly track: StripedOnWire<Said['track']> }> =>
  snakeCase({ ...said, track: stripedOnWire(said.track) })
