import type { Track } from '../../core/library/track.ts'
import { realFolders } from '../../platform/decoding/library-place.ts'
import { audioOf } from '../kit/track-audio.ts'
import type { Workspace } from '../kit/workspace.ts'

/** The peaks of a track, as `decodePeaks` reads them; they never change for the same digest. */
export type Waveform = { readonly audioDigest: string; readonly bytes: Uint8Array }

/** Waveforms being made, so that two who ask at once wait for the same one. */
const underWay = new Map<string, Promise<Uint8Array>>()

/** Reads a waveform from the cache, or makes it now. @throws ROOT_OFFLINE, AUDIO_NOT_FOUND, and as decoding does */
export const readWaveform = async (workspace: Workspace, track: Track): Promise<Waveform> => {
  const { audioDigest } = track
  const kept = workspace.store.peaks.read(audioDigest)
  if (kept !== null) return { audioDigest, bytes: kept }
  const making = underWay.get(audioDigest) ?? makeWaveform(workspace, track)
  underWay.set(audioDigest, making)
  try {
    return { audioDigest, bytes: await making }
  } finally {
    underWay.delete(audioDigest)
  }
}

const makeWaveform = async ({ store, pool }: Workspace, track: Track): Promise<Uint8Array> => {
  const { path } = audioOf(track)
  const folders = await realFolders(store.roots.list())
  const { maxDurationSeconds } = store.settings.all()
  const { mono } = await pool.run('decodeAudio', { path, folders, maxDurationSeconds })
  const bytes = await pool.run('makePeaks', mono)
  // Of a track that was taken away meanwhile nothing may stay behind.
  if (store.tracks.get(track.id) !== null) store.peaks.write(track.audioDigest, bytes)
  return bytes
}
