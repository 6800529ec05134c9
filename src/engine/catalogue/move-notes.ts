import { lastKnownPath, type Track, trackTitle } from '../../core/library/track.ts'
import { areSameNotes, NO_NOTES, type TrackNotes } from '../../core/library/track-notes.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import type { BroughtLibrary } from '../../platform/catalogue/library-rows.ts'
import { holdNotes, notedTracks, putNotes, readNotes } from '../../platform/catalogue/note-rows.ts'
import { putTrack } from '../../platform/catalogue/result-rows.ts'
import { asStored } from '../../platform/catalogue/storable.ts'
import { readTracks } from '../../platform/catalogue/track-rows.ts'
import { idsOfRecordings } from '../../platform/catalogue/track-search.ts'
import type { NotesOfTrack } from '../../platform/store/note-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { Catalogue } from './catalogue.ts'
import type { EarlierLibrary } from './earlier-library.ts'

const notesOf = (store: Store, trackId: number): TrackNotes => store.notes.ofTracks([trackId]).get(trackId)!

/** What was noted when the library was last brought in; null where nobody knows, or the team had noted something else already. */
const notedEarlier = (earlier: EarlierLibrary | null, { audioDigest }: Track): TrackNotes | null => {
  if (!earlier?.brought.isWhole || earlier.brought.notesLeftAlone.includes(audioDigest)) return null
  const track = earlier.store.tracks.findByDigest(audioDigest)
  return track === null ? NO_NOTES : notesOf(earlier.store, track.id)
}

/** Tracks of which a library notes something, or did when it was last brought in. */
const tracksOf = (store: Store, earlier: EarlierLibrary | null): readonly Track[] => {
  const before = earlier?.store.notes.trackIds() ?? []
  const still = before.flatMap((id) => store.tracks.findByDigest(earlier!.store.tracks.get(id)!.audioDigest)?.id ?? [])
  return [...new Set([...store.notes.trackIds(), ...still])].map((id) => store.tracks.get(id)!)
}

export type TakenNotes = {
  /** Recordings of which the library and the team note the same now, or of which only the team has changed since what it notes. */
  readonly given: readonly string[]
  /** By recording, titles of tracks of which the team notes something else. */
  readonly leftAlone: ReadonlyMap<string, string>
}

/**
 * Gives a team what is noted in a library of its tracks. Where both have changed the notes of a track since it was last brought in, those of
 * the team stay.
 */
export const takeNotes = (
  { transaction }: Pick<Catalogue, 'transaction'>,
  teamId: number,
  { store, earlier }: { readonly store: Store; readonly earlier: EarlierLibrary | null },
): Promise<TakenNotes> =>
  transaction(async (sql) => {
    const tracks = tracksOf(store, earlier)
    const known = await idsOfRecordings(
      sql,
      tracks.map(({ audioDigest }) => audioDigest),
    )
    const held = await holdNotes(sql, teamId, [...known.values()])
    // What the team had removed meanwhile, too, stays so until both say the same.
    const leftBefore = new Set(earlier?.brought.notesLeftAlone)
    const changed: NotesOfTrack[] = []
    const given: string[] = []
    const leftAlone = new Map<string, string>()
    for (const track of tracks) {
      const { id, audioDigest, tags } = track
      const [own, was] = [asStored(notesOf(store, id)), asStored(notedEarlier(earlier, track))]
      const theirs = held.get(known.get(audioDigest) ?? 0) ?? NO_NOTES
      const isDone = areSameNotes(theirs, own) || (was !== null && areSameNotes(was, own))
      if (!isDone && (leftBefore.has(audioDigest) || !areSameNotes(theirs, was ?? NO_NOTES))) {
        leftAlone.set(audioDigest, trackTitle(track))
        continue
      }
      if (!areSameNotes(own, NO_NOTES)) given.push(audioDigest)
      if (isDone) continue
      const path = lastKnownPath(track) ?? ''
      const trackId = known.get(audioDigest) ?? (await putTrack(sql, { audioDigest, tags, path }))
      changed.push({ trackId, notes: own })
    }
    await putNotes(sql, { teamId, userId: null }, changed)
    const trackIds = changed.map(({ trackId }) => trackId)
    if (trackIds.length > 0) await putEvent(sql, teamId, { type: 'notes', trackIds })
    return { given, leftAlone }
  })

/** So many tracks are asked for at once. */
const AT_ONCE = 200

/**
 * Notes in a library what a team does, also where it has removed what came with that library.
 * @param brought as it was brought in, which it is still; null for a new one
 * @returns of how many tracks the team notes what is in the library
 */
export const putTeamNotes = async (
  sql: Sql,
  teamId: number,
  { store, brought }: { readonly store: Store; readonly brought: BroughtLibrary | null },
): Promise<number> => {
  const leftAlone = new Set(brought?.notesLeftAlone)
  const changed = new Map<number, TrackNotes>()
  const removed = new Set(brought?.isWhole ? store.notes.trackIds() : [])
  const ids = await notedTracks(sql, teamId)
  let told = 0
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    const notes = await readNotes(sql, teamId, some)
    for (const { track } of await readTracks(sql, teamId, some)) {
      if (leftAlone.has(track.audioDigest)) continue
      const there = store.tracks.findByDigest(track.audioDigest)
      const [said, own] = [notes.get(track.id)!, there ? notesOf(store, there.id) : NO_NOTES]
      const isUnknown = brought !== null && !brought.isWhole && !areSameNotes(own, NO_NOTES)
      if (isUnknown && !areSameNotes(asStored(own), said)) continue
      const id = there?.id ?? store.trackWork.addTrack(track)
      removed.delete(id)
      if (!areSameNotes(asStored(own), said)) changed.set(id, said)
      told++
    }
  }
  for (const id of removed) if (!leftAlone.has(store.tracks.get(id)!.audioDigest)) changed.set(id, NO_NOTES)
  store.notes.change([...changed.keys()], () => [...changed].map(([trackId, notes]) => ({ trackId, notes })))
  return told
}
