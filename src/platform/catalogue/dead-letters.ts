import type { Sql } from './connect.ts'
import type { DeadLetter } from './file-rows.ts'
import { MOST_GRID_TRIES, UNMEASURED } from './unmeasured-grids.ts'
import { MOST_SOUND_TRIES } from './wanted-sounds.ts'

/** What was given up, and why: a file, the beat grid of a team on which its track was to be measured, or sections that were to be heard. */
export type GivenUp = DeadLetter & {
  readonly what: 'file' | 'grid' | 'sections'
  /** The first file of the track; where it has none any more, the prefix is empty and the key is its last path. */
  readonly prefix: string
  readonly key: string
  readonly diedAt: Date
}

/** Nobody lived to tell why. */
const UNTOLD = `'{"code": "WORKER_LOST", "detail": "Each worker that began it stopped before it was through."}'::json`

const FILE = `LEFT JOIN LATERAL (SELECT url, key FROM algiers.files JOIN algiers.prefixes ON prefixes.id = prefix_id
  WHERE files.track_id = tracks.id ORDER BY files.id LIMIT 1) AS file ON true`
const PLACE = `coalesce(file.url, ''), coalesce(file.key, last_path, '')`

/** The latest first. @param spec of the analyses that hold */
export const listDead = (
  sql: Sql,
  { spec, most }: { readonly spec: string; readonly most: number },
): Promise<readonly GivenUp[]> =>
  sql(
    `SELECT what, prefix, key, reason->>'code' AS code, reason->>'detail' AS detail, died_at AS "diedAt" FROM (
       SELECT 'file' AS what, url AS prefix, key, json_build_object('code', code, 'detail', detail) AS reason, died_at
         FROM algiers.dead_letters JOIN algiers.files ON files.id = file_id JOIN algiers.prefixes ON prefixes.id = prefix_id
       UNION ALL SELECT 'grid', ${PLACE}, coalesce(one.failure, ${UNTOLD}), claimed_until
         FROM algiers.team_grids AS one JOIN algiers.tracks ON tracks.id = one.track_id
           JOIN algiers.analyses ON analyses.id = analysis_id ${FILE}
         WHERE ${UNMEASURED} AND tries >= ${MOST_GRID_TRIES} AND claimed_until < now()
       UNION ALL SELECT 'sections', ${PLACE}, coalesce(failure, ${UNTOLD}), claimed_until
         FROM algiers.sounded_tracks JOIN algiers.tracks ON tracks.id = track_id ${FILE}
         WHERE made < wanted AND tries >= ${MOST_SOUND_TRIES} AND claimed_until < now()) AS given_up
     ORDER BY died_at DESC, key LIMIT $2`,
    [spec, most],
  )
