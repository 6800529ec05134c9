import { z } from 'zod'
import { LABEL_FORMAT_NAMES } from '../../core/interop/label-format-traits.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { MOST_NAME_LETTERS } from '../../core/library/kept-name.ts'
import { MISLEADING_CHARACTERS } from '../../core/support/misleading-characters.ts'
import type { Media } from './operation.ts'

export const sectionKind = z.enum(SECTION_KINDS)

const numberWritten =
  (form: RegExp) =>
  <Schema extends z.ZodType<number>>(schema: Schema): z.ZodPreprocess<Schema> =>
    z.preprocess((value) => (typeof value === 'string' && form.test(value) ? Number(value) : value), schema)
/** In an address a number is text: digits, and nothing else that would make a number, such as a space or `0x10`. */
export const wholeNumber = numberWritten(/^\d+$/)
/** The same with a fraction; what is very near 0 is written as `1e-7` by clients. */
export const figure = numberWritten(/^-?\d+(?:\.\d+)?(?:e-\d+)?$/)

/** Ids and versions are checked before anything is looked up. */
export const id = wholeNumber(z.number().int().min(1).max(999_999_999))
/** The number of a model version; 0 ships with Algiers. */
export const versionNumber = wholeNumber(z.number().int().min(0).max(999_999_999))
/** Of a playlist, its folder, or a set. */
export const keptName = z
  .string()
  .trim()
  .min(1)
  .max(MOST_NAME_LETTERS)
  .refine((name) => name.search(MISLEADING_CHARACTERS) < 0, 'must not hold control or direction characters')
/** ISO 8601, UTC. */
export const timestamp = z.string()
export const beats = z.number().min(0).max(1_000_000)
export const seconds = z.number().min(0).max(1_000_000)

export const idParams = z.object({ id })

/** In an address, `true` and `false` are words. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** A part of a track, half-open. */
export const place = {
  start_beat: z.number(),
  end_beat: z.number(),
  start_seconds: z.number(),
  end_seconds: z.number(),
}
/** How the beats of a track make bars: beat `first_downbeat` is the first of bar 1. */
export const metre = { beats_per_bar: z.number(), first_downbeat: z.number() }
/** A part of a track as an address names it. */
export const askedSpan = {
  start_beat: figure(z.number().min(0).max(1_000_000)),
  end_beat: figure(z.number().min(0).max(1_000_000)),
}
export const timeSpan = z.object({ start_seconds: z.number(), end_seconds: z.number() })

export const labelCounts = z.object({
  intro: z.number(),
  build: z.number(),
  drop: z.number(),
  break: z.number(),
  outro: z.number(),
  verse: z.number(),
  chorus: z.number(),
})

/** A part of the strip that stands for a track: from and to as shares of its duration. */
export const stripPart = z.object({
  label: sectionKind,
  /** The person's own kind that stands for it; left out for none. */
  own_kind_id: z.number().optional(),
  start: z.number(),
  end: z.number(),
  is_label: z.boolean(),
})

export const warnings = z.array(z.object({ code: z.string(), message: z.string() }))
/** Part of the answer to labels that were sent. */
export const labelWarnings = {
  warnings,
  /** Beats and seconds were given, the same apart at either edge: the beats were taken. */
  seconds_ignored: z.boolean(),
}
/** An error as part of an answer. */
export const errorReport = z.object({ code: z.string(), title: z.string(), detail: z.string(), hint: z.string() })

const tally = { imported: z.number(), unchanged: z.number(), skipped: z.number(), tracks: z.array(z.number()) }
/** What came of labels in files of other programs. */
export const labelImport = z.object({
  dry_run: z.boolean(),
  ...tally,
  /** Of many, the first; so are warnings and failures. */
  refused: z.array(z.object({ file: z.string(), label: z.string(), error: errorReport })),
  warnings: z.array(z.string()),
  failures: z.array(z.object({ file: z.string(), error: errorReport })),
  files: z.array(
    z.object({
      file: z.string(),
      /** What it was read as; null where it could not be read. */
      format: z.enum(LABEL_FORMAT_NAMES).nullable(),
      ...tally,
      titles: z.array(z.string()),
      /** Why labels of it were not taken, in sentences; never empty where none was. */
      reasons: z.array(z.string()),
      /** Tracks in it, by the names they have there, that fit none of the library or several. */
      unmatched: z.array(z.object({ name: z.string(), reason: z.string() })),
    }),
  ),
})
/** Something was done that has no answer of its own. */
export const done = z.object({ message: z.string() })

/** What was done at one press. */
export const madeStep = z.object({
  /** Takes it back: `POST /api/training/steps/:id/undo`. */
  step_id: z.number(),
  says: z.string(),
})
/** The same, with what became of what hung on it. */
export const toldStep = madeStep.extend({ message: z.string() })

/** RFC 9457, with what this program adds. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    /** Constant name of the error. */
    code: z.string(),
    detail: z.string(),
    /** Title and detail, where clients of the original look for them. */
    error: z.string(),
    /** What the user can do. */
    hint: z.string(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .loose()

export const media = (description: string, ...types: readonly string[]): Media => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: z.any() }])),
})
export const BYTES_TYPE = 'application/octet-stream'
