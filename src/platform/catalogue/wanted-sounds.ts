import type { Sql } from './connect.ts'
import type { DeadLetter } from './file-rows.ts'
import { insertSounds, type SoundedTrack } from './section-sound-rows.ts'
import { storableJson } from './storable.ts'

/** Sections to be heard: of a team, or everybody's. */
export type WantedSounds = { readonly teamId: number | null; readonly trackId: number; readonly wanted: number }

/** So long nobody else hears them; what died is begun again after that. */
const CLAIMED_MINUTES = 2
/** Who is stopped so often by the same track will not get further. */
export const MOST_SOUND_TRIES = 5

/** Gives the caller sections to hear, which nobody else gets for a while; null where there are none, or only those that were given up. */
export const claimWantedSounds = async (sql: Sql): Promise<WantedSounds | null> => {
  const [row] = await sql<WantedSounds>(
    `UPDATE algiers.sounded_tracks SET claimed_until = now() + make_interval(mins => ${CLAIMED_MINUTES}), tries = tries + 1
     WHERE ctid = (SELECT ctid FROM algiers.sounded_tracks WHERE made < wanted AND claimed_until < now() AND tries < ${MOST_SOUND_TRIES}
       ORDER BY claimed_until LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING team_id AS "teamId", track_id AS "trackId", wanted`,
  )
  return row ?? null
}

const OWN = 'track_id = $2 AND team_id IS NOT DISTINCT FROM $1'

/** Keeps what was heard, unless somebody has kept something newer. @param sql of a transaction */
export const putWantedSounds = async (
  sql: Sql,
  { teamId, trackId, wanted }: WantedSounds,
  track: SoundedTrack,
): Promise<void> => {
  const rows = await sql(
    `UPDATE algiers.sounded_tracks SET made = $3, tries = 0, failure = NULL WHERE ${OWN} AND made < $3 RETURNING 1`,
    [teamId, trackId, wanted],
  )
  if (rows.length > 0) await insertSounds(sql, teamId, track)
}

/** Says why sections could not be heard. @param failure null where the track is not at fault: then no try is counted */
export const failWantedSounds = async (
  sql: Sql,
  { teamId, trackId, wanted }: WantedSounds,
  failure: DeadLetter | null,
): Promise<void> => {
  await sql(
    `UPDATE algiers.sounded_tracks SET tries = CASE WHEN $4::json IS NULL THEN greatest(tries - 1, 0) ELSE tries END,
       failure = coalesce($4, failure) WHERE ${OWN} AND wanted = $3`,
    [teamId, trackId, wanted, failure && storableJson(failure)],
  )
}

/** Tracks whose sections were begun so often that nobody hears them any more. */
export const countUnheardSections = async (sql: Sql): Promise<number> => {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM algiers.sounded_tracks WHERE made < wanted AND tries >= ${MOST_SOUND_TRIES} AND claimed_until < now()`,
  )
  return row!.count
}

/** Forgets how often was tried what, so that whatever was given up comes to its turn. */
export const hearSectionsAnew = async (sql: Sql): Promise<void> => {
  await sql(`UPDATE algiers.sounded_tracks SET tries = 0, failure = NULL, claimed_until = '-infinity' WHERE tries > 0`)
}
