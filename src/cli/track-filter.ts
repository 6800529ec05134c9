import { InvalidArgumentError } from 'commander'
import { parseTrackFilter } from '../api/views/track-search.ts'
import type { TrackSearch } from '../engine/kit/resolve-search.ts'

/**
 * Which tracks are meant: parameters of `GET /api/tracks`, such as `genre=techno&bpm_min=125`, or words that the list of tracks finds.
 * @throws InvalidArgumentError for parameters that are none
 */
export const parseTracks = (text: string): TrackSearch => {
  if (!/^\w+=/.test(text)) return { text, standing: 'present' }
  const search = parseTrackFilter(text)
  if (search === null)
    throw new InvalidArgumentError('It must be words, or a filter such as "genre=techno&bpm_min=125".')
  return search
}
