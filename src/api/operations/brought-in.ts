import { z } from 'zod'
import { LIBRARY_FORMAT_NAMES } from '../../core/interop/libraries/library-format.ts'
import { MATCHED_BY, UNMATCHED_REASONS } from '../../core/interop/libraries/match-tracks.ts'
import { sectionKind } from './fields.ts'

const asked = {
  /** By which the answer is kept. */
  key: z.string(),
  /** As most of the cues have it; null for a colour. */
  name: z.string().nullable(),
  /** "#rrggbb"; null for a name. */
  colour: z.string().nullable(),
  cues: z.number(),
  tracks: z.number(),
}

/** A library of another DJ program: what it holds, what of it is in the library, and what came or would come of that. */
export const libraryReport = z.object({
  format: z.enum(LIBRARY_FORMAT_NAMES),
  /** As people call the format. */
  title: z.string(),
  /** The file or folder that was read. */
  source: z.string(),
  program: z.string(),
  version: z.string().nullable(),
  tracks: z.number(),
  cues: z.number(),
  loops: z.number(),
  phrases: z.number(),
  grids: z.number(),
  playlists: z.number(),
  matched: z.number(),
  unmatched: z.number(),
  matched_by: z.array(z.object({ by: z.enum(MATCHED_BY), tracks: z.number() })),
  unmatched_by: z.array(z.object({ reason: z.enum(UNMATCHED_REASONS), tracks: z.number() })),
  /** The first of those that are not in the library. */
  missing: z.array(
    z.object({
      title: z.string().nullable(),
      artist: z.string().nullable(),
      path: z.string().nullable(),
      reason: z.enum(UNMATCHED_REASONS),
      streaming: z.string().nullable(),
    }),
  ),
  /** Folders that seem to have moved, and how many more tracks would be found if that were so. */
  moves: z.array(z.object({ from: z.string(), to: z.string(), tracks: z.number() })),
  /** Names and colours of cues that the person is asked about, those of most cues first. */
  questions: z.array(
    z.object({
      ...asked,
      examples: z.array(z.object({ track_id: z.number(), title: z.string(), seconds: z.number() })),
    }),
  ),
  /** How many more there are, too rare to be asked about. */
  unasked: z.number(),
  /** Names and colours that are understood; without a kind they stand for no section. */
  known: z.array(z.object({ ...asked, kind: sectionKind.nullable(), is_answered: z.boolean() })),
  warnings: z.array(z.object({ text: z.string(), place: z.string().nullable(), count: z.number() })),
  suggestions: z.number(),
  suggested_tracks: z.number(),
  /** Sections that were suggested, decided on or labelled before. */
  already_there: z.number().optional(),
  /** In the library, but without a grid: their cues become suggestions once they are analysed. */
  not_analysed: z.number(),
  /** Cues more than half a beat from where they were put. */
  off_grid: z.number(),
  /** Cues beyond the ends of their tracks. */
  outside: z.number(),
  too_short: z.number(),
  /** Tracks whose cues are moved because the other program starts them at another moment. */
  offset_tracks: z.number(),
  median_offset_seconds: z.number().nullable(),
  /** The least and the most of them. */
  offset_range_seconds: z.tuple([z.number(), z.number()]).nullable().optional(),
  other_grids: z.number(),
  grids_taken: z.number(),
  noted: z.number(),
  playlists_added: z.number().optional(),
  /** Brought by an earlier import, and made as they are in the library now. */
  playlists_updated: z.number().optional(),
  /** Brought by an earlier import and changed by the person since: they stay as they are. */
  playlists_kept: z.number().optional(),
  /** Brought by an earlier import and deleted by the person since: they are left out. */
  playlists_deleted: z.number().optional(),
  /** Null where nothing was changed. */
  import_id: z.number().nullable(),
})

/** Of several libraries the largest is named, and the numbers are summed; jobs of earlier versions have none of it. */
const summary = {
  format: z.enum(LIBRARY_FORMAT_NAMES).nullable().optional(),
  program: z.string().nullable().optional(),
  version: z.string().nullable().optional(),
  tracks: z.number().optional(),
  cues: z.number().optional(),
  loops: z.number().optional(),
  phrases: z.number().optional(),
  grids: z.number().optional(),
  playlists: z.number().optional(),
  matched: z.number().optional(),
  unmatched: z.number().optional(),
  suggestions: z.number().optional(),
  already_there: z.number().optional(),
  warnings: libraryReport.shape.warnings.optional(),
}

/** What came of looking through a file, a folder or a drive. */
export const broughtIn = z.object({
  ...summary,
  dry_run: z.boolean(),
  /** Each by itself. */
  libraries: z.array(libraryReport),
  regridded: z.array(z.number()),
})
