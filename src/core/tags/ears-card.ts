import { z } from 'zod'
import { type CamelCased, camelCase } from '../support/camel-case.ts'

/** A class that a network hears, and how well it was measured to hear it. */
const tag = z.object({
  name: z.string().min(1),
  group: z.string(),
  /** True where it was not measured well enough to be shown by itself. */
  experimental: z.boolean(),
  threshold: z.number().nullable(),
})

/** That of `features/`; what its logarithm makes of nothing is −100 dB. */
const OWN_LOG = '10*log10(x + 1e-10)'
/** `factor` · ln(`offset` + `gain` · x), x being the power of a band, 1 for a full-scale sine at the centre of a bin. */
const logarithm = z.union([
  z.literal(OWN_LOG).transform(() => ({ gain: 1, offset: 1e-10, factor: 10 / Math.LN10 })),
  z.object({ gain: z.number().positive(), offset: z.number().positive(), factor: z.number().positive() }),
])

/** The log-mel spectrogram that the network reads: powers of triangular bands on the scale 2595 · log10(1 + f / 700). */
const mel = z.object({
  /** Other rates than that of the analysis, 22,050 Hz, are resampled to; above 11 kHz there is nothing. */
  sample_rate: z.number().int().min(8000).max(48000),
  frame_size: z.union([256, 512, 1024, 2048, 4096].map((size) => z.literal(size))),
  hop_samples: z.number().int().min(32).max(8192),
  bands: z.number().int().min(1).max(512),
  min_hz: z.number().min(0),
  max_hz: z.number().max(24000),
  /** What the weights of a band add up to: 1, or those of triangles of height 1, or of area 2 (Slaney's). */
  weights: z.enum(['mean', 'peak', 'area']).default('mean'),
  log: logarithm,
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
  outputs: z.object({ embedding: z.number().int().min(0), tags: z.number().int().min(0) }),
  /** What the outputs are called in the ONNX file. */
  output_names: z.object({ embedding: z.string(), tags: z.string() }).default({ embedding: 'embedding', tags: 'tags' }),
  /** The input's shape. */
  layout: z.enum(['batch, frames, bands', 'batch, 1, frames, bands']).default('batch, frames, bands'),
  tags: z.array(tag),
})

export type EarsCard = CamelCased<z.infer<typeof cardSchema>>

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
  return camelCase(parsed.data)
}
