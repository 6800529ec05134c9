import { presentLocation, type Track, type TrackLocation } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'

/** Where to read the audio of a track from. @throws ROOT_OFFLINE, AUDIO_NOT_FOUND */
export const audioOf = (track: Track): TrackLocation => {
  const location = presentLocation(track)
  if (location !== null) return location
  const offline = track.locations.find(({ offline }) => offline)
  if (offline) throw new UserError('ROOT_OFFLINE', `The drive of ${offline.path} is offline.`)
  throw new UserError('AUDIO_NOT_FOUND', `The file of track ${track.id} is missing.`)
}
