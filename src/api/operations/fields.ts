import { z } from 'zod'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'

export const sectionKind = z.enum(SECTION_KINDS)
/** Ids and versions are checked before anything is looked up. */
export const id = z.coerce.number().int().min(1).max(999_999_999)
/** ISO 8601, UTC. */
export const timestamp = z.string()
export const beats = z.number().min(0).max(1_000_000)
export const seconds = z.number().min(0).max(1_000_000)

export const idParams = z.object({ id })
export const versionParams = z.object({ version: id })

/** In an address, `true` and `false` are words. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

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
export const stripPart = z.object({ label: sectionKind, start: z.number(), end: z.number(), is_label: z.boolean() })

/** RFC 9457, with what this program adds. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    /** Constant name of the error. */
    code: z.string(),
    detail: z.string(),
    /** As `detail`, where clients of the original look for it. */
    error: z.string(),
    /** What the user can do. */
    hint: z.string(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .loose()

/** An answer that is no JSON, as OpenAPI describes it. */
export const media = (
  description: string,
  ...types: readonly string[]
): { readonly description: string; readonly content: Readonly<Record<string, { readonly schema: z.ZodType }>> } => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: z.any() }])),
})
