import { z } from 'zod'
import { MERGE_MODES } from '../../core/interop/libraries/merge-cues.ts'
import { CUE_PLACES, DEFAULT_CUE_PLAN, LEAD_IN_BARS, LOOP_BARS } from '../../core/interop/libraries/plan-cues.ts'
import { servedBy } from '../../core/interop/libraries/served-programs.ts'
import { EXPORT_FORMAT_NAMES, LIBRARY_FILE_NAMES } from '../../core/interop/libraries/written-library-traits.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { flag, id, media, sectionKind, wholeNumber } from './fields.ts'
import { started } from './jobs.ts'
import { operationsOf } from './operation.ts'

const path = z.string().min(1).max(4096)

/** A program without a format of its own is told by which ones it is served. */
const told = ({ input }: { readonly input?: unknown }): string | undefined => servedBy(input)

/** How sections become cues. */
const cues = z.strictObject({
  /** Hot cues, memory cues, or both. */
  place: z.enum(CUE_PLACES).default(DEFAULT_CUE_PLAN.place),
  kinds: z
    .array(sectionKind)
    .max(SECTION_KINDS.length)
    .default([...SECTION_KINDS]),
  /** With {Kind}, {kind}, {n} and {bars}. */
  name_template: z.string().max(100).default(DEFAULT_CUE_PLAN.nameTemplate),
  /** "#rrggbb" by kind; the program shows the nearest that it has. */
  colours: z.partialRecord(sectionKind, z.string().regex(/^#[0-9a-f]{6}$/)).default({}),
  /** Loops of the first or last bars of a section. */
  loop: z
    .strictObject({ bars: z.literal([...LOOP_BARS]), at: z.enum(['start', 'end']) })
    .nullable()
    .default(null),
  /** Memory cues so many bars before each drop. */
  lead_in_bars: z
    .array(z.literal([...LEAD_IN_BARS]))
    .max(LEAD_IN_BARS.length)
    .default([]),
  /** Memory cues where to mix in and out. */
  mix_points: z.boolean().default(false),
  pads: z.number().int().min(0).max(DEFAULT_CUE_PLAN.pads).default(DEFAULT_CUE_PLAN.pads),
})

const { get, post } = operationsOf('exchange')

export const programExportOperations = {
  exportToProgram: post('/api/exchange/export', {
    summary:
      'Starts a job that writes sections as cues, beat grids and playlists for another DJ program, or as JSON, CSV, JAMS or Audacity labels, into a new file.',
    body: z.strictObject({
      /** The last four hold sections as such, with their ends, and only `kinds` of `sections` counts for them. */
      format: z.enum(EXPORT_FORMAT_NAMES, { error: told }),
      /** A file of this machine that is not there yet, or a folder. */
      output: path,
      /** Null: no cues. */
      sections: cues.nullable().prefault({}),
      grid: z.boolean().default(false),
      key: z.boolean().default(false),
      playlists: z.boolean().default(false),
      /** All tracks where left out. */
      track_ids: z.array(id).max(100_000).nullable().default(null),
      /** Only this playlist: its tracks in their order, and no other list. */
      playlist: id.nullable().default(null),
      /** Paths in M3U8 count from the playlist. */
      relative: z.boolean().default(false),
      /** A file of the program, of which a copy with the cues in it is written. */
      into: path.nullable().default(null),
      /** Whether cues come to those that are there, or take their place on the tracks that are written. */
      mode: z.enum(MERGE_MODES).default('extend'),
      /** Serato tags go into the files themselves; the output is a folder for what they had before. */
      in_place: z.boolean().default(false),
      /** Says what would be written, and writes nothing. */
      dry_run: z.boolean().default(false),
    }),
    response: { 202: started },
  }),
  restoreTags: post('/api/exchange/restore-tags', {
    summary: 'Starts a job that puts back the Serato tags that an export into the files themselves has replaced.',
    body: z.strictObject({
      /** The output folder of that export. */
      folder: path,
      /** Says what would be put back, and changes nothing. */
      dry_run: z.boolean().default(false),
    }),
    response: { 202: started },
  }),
  downloadForProgram: get('/api/exchange/download', {
    summary: 'Sends sections as cues, beat grids and playlists, as a file for another DJ program.',
    query: z.strictObject({
      format: z.enum(LIBRARY_FILE_NAMES, { error: told }),
      place: z.enum(CUE_PLACES).default(DEFAULT_CUE_PLAN.place),
      /** Such as "intro,drop"; all where left out. */
      kinds: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(sectionKind))
        .default([...SECTION_KINDS]),
      /** With {Kind}, {kind}, {n} and {bars}. */
      names: z.string().max(100).default(DEFAULT_CUE_PLAN.nameTemplate),
      pads: wholeNumber(z.number().int().min(0).max(DEFAULT_CUE_PLAN.pads)).default(DEFAULT_CUE_PLAN.pads),
      /** Loops of the first or last bars of a section, such as "start-8" or "end-16". */
      loop: z.templateLiteral([z.enum(['start', 'end']), '-', z.enum(['4', '8', '16'])]).optional(),
      /** Memory cues so many bars before each drop; 0 for none. */
      lead_in_bars: wholeNumber(z.literal([0, ...LEAD_IN_BARS])).default(0),
      mix_points: flag.default(false),
      grid: flag.default(false),
      key: flag.default(false),
      playlists: flag.default(false),
      /** Only this playlist: its tracks in their order, and no other list. */
      playlist: id.optional(),
    }),
    response: {
      200: media('A file, or an archive of playlists.', 'application/xml', 'audio/x-mpegurl', 'application/zip'),
    },
  }),
}
