/**
 * What a person made of a track, as conditions on `tracks`: with any of it, a track is never forgotten unasked. A table
 * that keeps more of it adds its line here.
 */
const OWN_WORK = [
  'EXISTS (SELECT 1 FROM labels WHERE labels.track_id = tracks.id)',
  "EXISTS (SELECT 1 FROM grids WHERE grids.track_id = tracks.id AND grids.origin = 'edited')",
  'EXISTS (SELECT 1 FROM suggestion_decisions WHERE suggestion_decisions.track_id = tracks.id)',
  'EXISTS (SELECT 1 FROM track_notes WHERE track_notes.track_id = tracks.id)',
  'EXISTS (SELECT 1 FROM my_tags WHERE my_tags.track_id = tracks.id)',
  'EXISTS (SELECT 1 FROM kept_transitions WHERE from_id = tracks.id OR to_id = tracks.id)',
  'tracks.tag_reading IS NOT NULL',
  // A playlist as an import left it comes back with another import, as what that suggested does.
  `EXISTS (SELECT 1 FROM playlist_tracks JOIN playlists ON playlists.id = playlist_id
    WHERE playlist_tracks.track_id = tracks.id AND (import_id IS NULL OR changed_at <> created_at))`,
  'EXISTS (SELECT 1 FROM set_tracks WHERE set_tracks.track_id = tracks.id)',
] as const

export const HAS_OWN_WORK = `(${OWN_WORK.join(' OR ')})`

/** A subquery of its own is run once, where a join would be made for every track. */
const OFFLINE_ROOTS = '(SELECT id FROM roots WHERE offline_since IS NOT NULL)'

/** No folder of the library, not even one that is offline, holds a file of the track. @param id as the query names it */
export const isMissingSql = (id: string): string => `NOT EXISTS (
  SELECT 1 FROM locations
  WHERE locations.track_id = ${id} AND (locations.missing_since IS NULL OR locations.root_id IN ${OFFLINE_ROOTS}))`

/** Whether an ignored file lies in a root, whichever slashes their paths have. */
export const IGNORED_IN_ROOT = `instr(replace(ignored_files.path, '\\', '/'),
  rtrim(replace(roots.path, '\\', '/'), '/') || '/') = 1`

/** A file of the track can be read: it lies in a folder that is not offline. @param id as the query names it */
export const isAtHandSql = (id: string): string => `EXISTS (
  SELECT 1 FROM locations
  WHERE locations.track_id = ${id} AND locations.missing_since IS NULL AND locations.root_id NOT IN ${OFFLINE_ROOTS})`
