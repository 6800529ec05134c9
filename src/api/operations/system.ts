import { z } from 'zod'
import { PROVIDERS } from '../../core/tags/provider.ts'

/** What the machine learning does by itself. */
export const mlSettings = z.object({
  auto_classify: z.boolean(),
  /** Let the model that ships propose sections while no version is active. */
  base_model: z.boolean(),
  suggestion_min_confidence: z.number(),
  min_similarity_threshold: z.number(),
  training_timeout_seconds: z.number(),
  min_samples_per_class: z.number(),
})
export const changedMlSettings = z.strictObject(mlSettings.partial().shape)

export const settings = mlSettings.extend({
  max_duration_seconds: z.number(),
  workers: z.number(),
  inference_provider: z.enum(['auto', ...PROVIDERS]),
  ears_folder: z.string(),
})
export const changedSettings = z.strictObject(settings.partial().shape)

export const ready = z.object({ ready: z.literal(true) })
/** Told in a millisecond. */
export const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  data_dir: z.string(),
  tracks: z.number(),
  roots: z.object({ online: z.number(), offline: z.number() }),
  jobs: z.object({ waiting: z.number(), running: z.number() }),
  active_version: z.number().nullable(),
  threads: z.number(),
  free_bytes: z.number(),
  /** The network that hears tags: `untried` until it was opened for the first time. */
  hearing: z.object({
    state: z.enum(['untried', 'ready', 'failed']),
    network: z.string().nullable(),
    tags: z.number().nullable(),
    provider: z.string().nullable(),
    warning: z.string().nullable(),
  }),
})

/** Bytes in the data directory, and the newest of the daily copies of the database. */
export const storage = z.object({
  data_dir: z.string(),
  database: z.number(),
  models: z.number(),
  cache: z.number(),
  backups: z.number(),
  other: z.number(),
  newest_backup: z.string().nullable(),
})

const libraryCounts = z.object({ tracks: z.number(), labels: z.number() })
/** A copy of the library file: of a day, made by hand, before an update, before a restore. */
export const backups = z.object({
  /** What is in the library now. */
  current: libraryCounts,
  /** The newest first. */
  backups: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['day', 'hand', 'update', 'restore']),
      made_at: z.string(),
      bytes: z.number(),
      /** Null when it cannot be read. */
      holds: libraryCounts.nullable(),
    }),
  ),
})
export const madeBackup = z.object({ name: z.string() })
export const backupParams = z.object({ name: z.string().max(120) })
export const restoring = z.object({ message: z.string(), name: z.string() })

/** Everything is looked at, which takes its time. */
export const examination = z.object({
  healthy: z.boolean(),
  checks: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string(), hint: z.string().nullable() })),
})
