import { z } from 'zod'

/** A class that a network hears, and how well it was measured to hear it. */
const tag = z.object({
  name: z.string().min(1),
  group: z.string(),
  /** True where it was not measured well enough to be shown by itself. */
  experimental: z.boolean(),
  threshold: z.number().nullable(),
})

/** The log-mel spectrogram that the network reads: that of `features/`, with more bands. */
const mel = z.object({
  sample_rate: z.literal(22050),
  frame_size: z.literal(2048),
  hop_samples: z.literal(512),
  bands: z.number().int().min(1).max(512),
  min_hz: z.number().min(0),
  max_hz: z.number().max(11025),
  log: z.literal('10*log10(x + 1e-10)'),
  floor_db: z.literal(-100),
  window_frames: z.number().int().min(1).max(4096),
  hop_frames: z.number().int().min(1).max(4096),
})

/** What lies beside the ONNX file of a network that hears tags and embeddings. */
const cardSchema = z.object({
  kind: z.literal('algiers-ears'),
  name: z.string(),
  version: z.number().int(),
  onnx: z.object({ file: z.string().regex(/^[\w.-]+$/), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  mel,
  outputs: z.object({ embedding: z.number().int().min(1), tags: z.number().int().min(0) }),
  tags: z.array(tag),
})

export type EarsCard = z.infer<typeof cardSchema>

/** @returns the card, or a sentence about what is wrong with it */
export const parseEarsCard = (json: unknown): EarsCard | string => {
  const parsed = cardSchema.safeParse(json)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    return `${path.join('.') || 'the card'}: ${message}`
  }
  const { tags, outputs } = parsed.data
  if (tags.length !== outputs.tags) return `tags: ${tags.length} are named, ${outputs.tags} come out`
  if (new Set(tags.map(({ name }) => name)).size !== tags.length) return 'tags: a name occurs twice'
  return parsed.data
}
